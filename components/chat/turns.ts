import { z } from "zod";

/** One shape per state: an answer that failed has no model, and one under way has no end. */
export const Turn = z.discriminatedUnion("role", [
  z.object({ role: z.literal("user"), content: z.string() }),
  z.object({
    role: z.literal("assistant"),
    content: z.string(),
    status: z.enum(["writing", "done", "stopped", "failed"]),
    model: z.string().nullable(),
    traceId: z.string().nullable(),
    error: z.object({ message: z.string(), requestId: z.string().nullable() }).nullable(),
  }),
]);
export type Turn = z.infer<typeof Turn>;
export type Answer = Extract<Turn, { role: "assistant" }>;

export const emptyAnswer: Answer = {
  role: "assistant",
  content: "",
  status: "writing",
  model: null,
  traceId: null,
  error: null,
};

/** What goes over the wire: the words alone. An answer without words was none. */
export function toMessages(turns: readonly Turn[]): { role: Turn["role"]; content: string }[] {
  return turns.filter((turn) => turn.content !== "").map(({ role, content }) => ({ role, content }));
}

/** Conversations kept in a browser by an older page, or cut off by a reload, come back readable. */
export function parseTurns(stored: string | null): Turn[] {
  if (stored === null) return [];
  try {
    const turns = z.array(Turn).parse(JSON.parse(stored));
    return turns.map((turn) =>
      turn.role === "assistant" && turn.status === "writing" ? { ...turn, status: "stopped" } : turn,
    );
  } catch {
    return [];
  }
}
