import type { ChatMessage } from "./chat-message";
import { builtinModel } from "./use-models";
import { useTrace } from "./use-trace";

const freshMs = 5 * 60_000;

/** What an answer cost, in US dollars: as it is stored, or, just after its end, as its trace says; null is unknown. */
export function usePrice({
  cost_usd: stored,
  trace_id: traceId,
  status,
  model,
  created_at: at,
}: ChatMessage): number | null {
  const isEnded = status === "done" || status === "stopped";
  const isFresh = isEnded && model !== builtinModel && Date.now() - Date.parse(at) < freshMs;
  const trace = useTrace(traceId ?? "", stored === null && isFresh);
  return stored ?? (isEnded ? (trace.data?.cost_usd ?? null) : null);
}
