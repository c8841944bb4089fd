import Link from "next/link";
import { voiceText } from "@/components/strings/voice";
import type { Voice } from "@/lib/compile/schemas";
import type { FaceView } from "@/lib/faces/schemas";

/** Turns as they were said, by what they are for: a person's words, so in the serif. */
export function SaidLines({ voice, face }: { voice: Voice; face: FaceView }) {
  const bySituation = [...Map.groupBy(voice.exemplars, ({ situation }) => situation)];
  if (bySituation.length === 0) return null;
  return (
    <section aria-labelledby="voice-lines" className="grid gap-3">
      <div>
        <h2 id="voice-lines">{voiceText.linesTitle}</h2>
        <p className="text-2 text-ink-3">{voiceText.linesAbout}</p>
      </div>
      <dl className="border-y border-line">
        {bySituation.map(([situation, lines]) => (
          <div
            key={situation}
            className="grid gap-x-4 gap-y-1 border-t border-line py-3 first:border-t-0 mid:grid-cols-[112px_minmax(0,1fr)]"
          >
            <dt className="text-2 leading-6 text-ink-3">{voiceText.situations[situation]}</dt>
            <dd className="grid gap-2">
              {lines.map((line) => (
                <Link
                  key={`${line.document_id} ${line.start}`}
                  href={`/faces/${face.username}?tab=primitives&document=${line.document_id}`}
                  className="quote measure [overflow-wrap:anywhere] text-ink no-underline hover:underline"
                >
                  {line.text}
                </Link>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
