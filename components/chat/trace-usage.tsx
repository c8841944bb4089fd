import { chatText } from "@/components/strings/chat";
import { CopyButton } from "@/components/ui/copy-button";
import { type Fact, FactsList } from "@/components/ui/facts-list";
import Link from "next/link";
import { formatHundredths, formatUsd } from "@/lib/format";
import { TokenBar, type TokenPart } from "./token-bar";
import type { TraceView } from "./wire";

/** In the order of the prompt; looks that lie beside each other differ in lightness. */
const partLooks = [
  ["instructions", "bg-ink-3"],
  ["facts", "bg-ink"],
  ["voice", "bg-control-line"],
  ["core", "bg-ink-2"],
  ["found", "bg-accent"],
  ["profiles", "bg-control-line"],
  ["messages", "bg-line-2"],
] as const;

/** What an answer took: tokens by what they were for, time, model, version, and its price. */
export function TraceUsage({ trace, username }: { trace: TraceView; username: string }) {
  const parts = partsOf(trace.tokens);
  const { tokens, timings, version } = trace;
  return (
    <>
      <section className="grid gap-2">
        <h3>{chatText.used}</h3>
        <TokenBar parts={parts} />
        <FactsList
          facts={[
            { label: chatText.model, value: trace.model },
            ...parts.map(({ label, tokens: count, look }) => ({
              label: (
                <span className="inline-flex items-center gap-2">
                  <span aria-hidden className={`size-2 rounded-1 ${look}`} />
                  {label}
                </span>
              ),
              value: chatText.tokens(count),
            })),
            { label: chatText.allInput, value: chatText.tokens(tokens.input) },
            ...timeFacts(timings),
            { label: chatText.price, value: formatUsd(trace.cost_usd), isStrong: true },
          ]}
        />
      </section>
      <p className="flex items-center gap-1.5 text-1 text-ink-3">
        {chatText.trace} <code className="truncate">{trace.id}</code>
        <CopyButton text={trace.id} label={chatText.copyTrace} />
        {version ? (
          <Link href={`/faces/${username}?tab=versions`} className="link ml-auto whitespace-nowrap">
            {chatText.version(version)}
          </Link>
        ) : null}
      </p>
    </>
  );
}

/** What the input consists of, and the answer; older traces know only the persona as a whole. */
function partsOf({ persona, parts, input, output }: TraceView["tokens"]): TokenPart[] {
  const told: TokenPart[] = parts
    ? partLooks.map(([part, look]) => ({ label: chatText.parts[part], tokens: parts[part] ?? 0, look }))
    : [
        { label: chatText.persona, tokens: persona, look: "bg-accent" },
        { label: chatText.parts.messages, tokens: Math.max(0, input - persona), look: "bg-line-2" },
      ];
  return [...told, { label: chatText.answer, tokens: output, look: "bg-ink" }].filter(({ tokens }) => tokens > 0);
}

function timeFacts(timings: TraceView["timings"]): Fact[] {
  const named = [
    [chatText.retrieval, timings?.["retrieve_ms"]],
    [chatText.firstWord, timings?.["first_byte_ms"]],
    [chatText.allOfIt, timings?.["total_ms"]],
  ] as const;
  return named.flatMap(([label, ms]) =>
    ms === null || ms === undefined ? [] : [{ label, value: chatText.seconds(formatHundredths(ms / 1000)) }],
  );
}
