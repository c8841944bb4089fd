import { z } from "zod";

/** A turn of a conversation as an older page kept it in the browser. */
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
