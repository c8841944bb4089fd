import { componentKeys, componentNames } from "@/components/fingerprint/components";
import { RingKey } from "@/components/fingerprint/ring-key";
import { siteText } from "@/components/strings/site";
import { Confidence } from "@/components/ui/confidence";
import type { SampleLine as Line } from "@/lib/chat/schemas";

const cell =
  "grid content-start gap-3 border-t border-line py-5 first:border-t-0 wide:border-t-0 wide:border-l wide:px-6 wide:first:border-l-0 wide:first:pl-0 wide:last:pr-0";

/** One sentence of the sample face as it really went: where it stands, compiled, and quoted in an answer. */
export function SampleLine({ line, name, username }: { line: Line; name: string; username: string }) {
  const component = componentKeys.find((key) => key === line.component) ?? "alpha";
  return (
    <div className="border-y border-line wide:grid wide:grid-cols-3">
      <div className={cell}>
        <span className="text-1 text-ink-3">{siteText.wrote}</span>
        <p className="quote">
          {line.before}
          <mark data-component={component}>{line.quote}</mark>
          {line.after}
        </p>
        <span className="text-1 text-ink-3">{siteText.writtenIn(name, line.document)}</span>
      </div>
      <div className={cell} id="statement">
        <span className="text-1 text-ink-3">{siteText.compiled}</span>
        <p className="flex gap-2 font-strong">
          <RingKey component={component} className="mt-[5px]" />
          <span>
            {line.statement} <Reference />
          </span>
        </p>
        <p className="font-mono text-2 text-ink-2">
          {component}.{line.predicate}
        </p>
        <p className="flex items-center gap-2 text-1 text-ink-3">
          <Confidence value={line.confidence} /> {siteText.keptAs(componentNames[component].name)}
        </p>
      </div>
      <div className={cell}>
        <span className="text-1 text-ink-3">{siteText.answers}</span>
        <p>{line.question}</p>
        {line.answer.map((paragraph, index) => (
          <p key={paragraph} className="text-ink-2">
            {paragraph}{" "}
            {index === 0 ? (
              <a href="#statement" aria-label={siteText.restsOn} className="no-underline">
                <Reference />
              </a>
            ) : null}
          </p>
        ))}
        <span className="text-1 text-ink-3">{siteText.spokenBy(username)}</span>
      </div>
    </div>
  );
}

/** The number by which an answer names what it rests on. */
function Reference() {
  return (
    <span className="num rounded-1 bg-sunk-2 px-1.5 py-px text-1 font-strong text-ink-2">{siteText.statementOne}</span>
  );
}
