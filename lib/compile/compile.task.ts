import { chunk } from "./chunk";
import type { Chunk } from "./grammar";
import { turns } from "./turns";

type Source = { text: string; type: "document" | "thread" };

/** The pieces a text is compiled in. */
export function chunkText({ text }: Source): Chunk[] {
  return chunk(text);
}

/** A text's size as compiling will charge it, and who speaks in it. */
export function measureText({ text, type }: Source): { tokens: number; chunks: number; speakers: string[] } {
  const pieces = chunk(text);
  return {
    tokens: pieces.reduce((sum, piece) => sum + piece.tokens, 0),
    chunks: pieces.length,
    speakers: type === "thread" ? turns(text).speakers : [],
  };
}
