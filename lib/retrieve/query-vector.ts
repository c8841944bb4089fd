import { setTimeout } from "node:timers/promises";
import { loadEncoder } from "@/lib/models/encoder";
import type { Query } from "./query";

const maxRemembered = 4000;
/** Vectors of lines asked before, oldest first: 2 kB each. */
const remembered = new Map<string, Float32Array>();

/**
 * The query's vector, or null when the encoder is late or fails: a search by words alone is better than none. The
 * vector that comes too late is remembered for the next time.
 *
 * @param lateMs milliseconds after which it is not waited for any longer
 */
export async function vectorInTime(
  query: Query,
  lateMs: number,
  encode: (query: Query) => Promise<Float32Array | null> = queryVector,
): Promise<Float32Array | null> {
  const late = new AbortController();
  try {
    return await Promise.race([encode(query).catch(() => null), setTimeout(lateMs, null, late)]);
  } finally {
    late.abort();
  }
}

/** One unit vector for the whole query, or null when there is nothing to embed. Encodes only lines it has not met. */
export async function queryVector(query: Query): Promise<Float32Array | null> {
  if (query.lines.length === 0) return null;
  const vectors = await vectorsOf(query.lines.map((line) => line.text));
  const sum = new Float32Array(vectors[0]?.length ?? 0);
  for (const [at, line] of query.lines.entries()) {
    for (const [i, value] of (vectors[at] ?? sum).entries()) sum[i] = (sum[i] ?? 0) + line.weight * value;
  }
  const length = Math.sqrt(sum.reduce((squares, value) => squares + value * value, 0));
  return length === 0 ? null : sum.map((value) => value / length);
}

async function vectorsOf(texts: readonly string[]): Promise<Float32Array[]> {
  const missing = [...new Set(texts)].filter((text) => !remembered.has(text));
  const fresh = new Map<string, Float32Array>();
  if (missing.length > 0) {
    const encoder = await loadEncoder();
    for (const [at, vector] of (await encoder.encode(missing)).entries()) fresh.set(missing[at] ?? "", vector);
  }
  const found = texts.map((text) => remembered.get(text) ?? fresh.get(text) ?? new Float32Array(0));
  for (const [at, text] of texts.entries()) {
    remembered.delete(text);
    remembered.set(text, found[at] ?? new Float32Array(0));
  }
  for (const oldest of remembered.keys()) {
    if (remembered.size <= maxRemembered) break;
    remembered.delete(oldest);
  }
  return found;
}
