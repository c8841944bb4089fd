import { RingKey } from "@/components/fingerprint/ring-key";
import { Confidence } from "@/components/ui/confidence";

const cell =
  "grid content-start gap-3 border-t border-line py-5 first:border-t-0 wide:border-t-0 wide:border-l wide:px-6 wide:first:border-l-0 wide:first:pl-0 wide:last:pr-0";

/** One sentence of the sample face's journal as it really went: compiled, and quoted in an answer. */
export function SampleLine() {
  return (
    <div className="border-y border-line wide:grid wide:grid-cols-3">
      <div className={cell}>
        <span className="text-1 text-ink-3">What she wrote</span>
        <p className="quote">
          The honest answer came on the night bus, too late to be of use to her.{" "}
          <mark data-component="beta">
            What matters most to me in my work is that nobody feels stupid in front of a thing I made.
          </mark>
        </p>
        <span className="text-1 text-ink-3">Mara’s journal, 6 January</span>
      </div>
      <div className={cell}>
        <span className="text-1 text-ink-3">What the compiler keeps</span>
        <p className="flex gap-2 font-strong">
          <RingKey component="beta" className="mt-[5px]" />
          What matters most to me in my work is that nobody feels stupid in front of a thing I made.
        </p>
        <p className="flex items-center gap-2 text-1 text-ink-3">
          <Confidence value={1} /> a value, with its place in the journal
        </p>
      </div>
      <div className={cell}>
        <span className="text-1 text-ink-3">What the face answers</span>
        <p>What matters most to you in your work?</p>
        <p className="text-ink-2">
          “What matters most to me in my work is that nobody feels stupid in front of a thing I made.”
        </p>
        <p className="text-ink-2">
          I also said: “Dignity, if I can say that without anyone playing a violin. I want a person to get through the
          thing I made without noticing it and without having to ask for help. The rest is cosmetics.”
        </p>
        <span className="text-1 text-ink-3">
          mara, quoted by the built-in engine. With a language model behind it, the face speaks in sentences of its own.
        </span>
      </div>
    </div>
  );
}
