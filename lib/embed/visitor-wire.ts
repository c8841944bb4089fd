import { type ClientWire, readChunks, readCompletion, withBytes } from "@/lib/chat/client-wire";
import type { Piece } from "@/lib/chat/engine";
import { toSse } from "@/lib/chat/sse-events";
import type { VisitorEvent } from "./schemas";

/** A visitor's shape of an answer: its words, and that it ended. No names of models, no counts, no prices. */
export const visitorWire: ClientWire = {
  plain: (answer) => {
    const text = readCompletion(answer.body)?.choices[0]?.message.content ?? "";
    return { ...answer, body: new TextEncoder().encode(JSON.stringify({ text })) };
  },
  stream: visitorPieces,
  errorEvent: (error) => toEvent({ error: error as { code: string; message: string } }),
};

function toEvent(event: VisitorEvent): Uint8Array {
  return toSse(event);
}

async function* visitorPieces(pieces: AsyncIterable<Piece>): AsyncGenerator<Piece> {
  let isEnded = false;
  for await (const piece of pieces) {
    isEnded ||= piece.isEnd === true;
    const text = readChunks(piece.bytes)
      .map(({ choices }) => choices[0]?.delta?.content ?? choices[0]?.delta?.refusal ?? "")
      .join("");
    const events = [...(text === "" ? [] : [toEvent({ text })]), ...(piece.isEnd ? [toEvent({ end: true })] : [])];
    yield withBytes(piece, events.length === 0 ? null : Buffer.concat(events));
  }
  // some servers close the stream where others send an end mark
  if (!isEnded) yield { bytes: toEvent({ end: true }), text: "", isEnd: true };
}
