"use client";

import { portraitsText as text } from "@/components/strings/portraits";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { RichText } from "@/components/ui/rich-text";
import { formatUsdCeiling } from "@/lib/format";
import type { EngineView, ReadView } from "@/lib/portraits/portrait-schemas";
import { ignoredMark, understoodMark } from "./prompt-field";

type PromptReadingProps = {
  id: string;
  reading: ReadView | undefined;
  error: unknown;
  onRetry: () => void;
  engine: EngineView;
  others: readonly EngineView[];
  count: number;
};

/** What the engine makes of the words: in marks, and in words for whom marks say nothing. */
export function PromptReading({ id, reading, error, onRetry, engine, others, count }: PromptReadingProps) {
  const isTable = engine.capabilities.text === "table";
  return (
    <div id={id} className="grid grid-cols-[minmax(0,1fr)] gap-2 text-2 wrap-anywhere text-ink-2">
      {isTable ? (
        <p>
          <RichText
            text={text.legend}
            parts={{
              un: (words) => <span className={understoodMark}>{words}</span>,
              ig: (words) => <span className={ignoredMark}>{words}</span>,
            }}
          />
        </p>
      ) : (
        <p>{text.freeText(text.engineNames[engine.id] ?? engine.name)}</p>
      )}
      {error ? <ApiErrorBlock title={text.readFailed} error={error} onRetry={onRetry} /> : null}
      {reading?.understood.length ? (
        <p>
          <span className="text-ink-3">{text.understood}: </span>
          {[...new Set(reading.understood.map(({ meaning }) => meaning))].join(" · ")}
        </p>
      ) : null}
      {reading?.ignored.length ? (
        <ul className="grid gap-1">
          {[...new Map(reading.ignored.map((one) => [one.words, one])).values()].map(({ words, why }) => (
            <li key={words}>
              <span className="text-ink-3">{text.ignored}: </span>
              <s className="decoration-danger decoration-2">{words}</s>. {why}
            </li>
          ))}
        </ul>
      ) : null}
      {reading?.ignored.length && others.length > 0 ? <Others others={others} count={count} /> : null}
      {[...(reading?.problems ?? [])].map((problem) => (
        <p key={problem} className="text-danger">
          {problem}
        </p>
      ))}
      {[...(reading?.notes ?? [])].map((note) => (
        <p key={note}>{note}</p>
      ))}
    </div>
  );
}

/** "Astria could try it, for about $0.23." */
function Others({ others, count }: { others: readonly EngineView[]; count: number }) {
  const [first] = others;
  if (first === undefined) return null;
  const usd = first.cost_usd_per_image * count;
  return <p>{text.otherCould(text.engineNames[first.id] ?? first.name, usd === 0 ? null : formatUsdCeiling(usd))}</p>;
}
