import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { loadEncoder } from "@/lib/models/encoder";
import { vectorDimensions } from "@/lib/models/vector";

const file = new URL("../../../node_modules/.cache/faces/training-vectors", import.meta.url).pathname;
let known: Map<string, Float32Array> | undefined;

/**
 * Embeds sentences, remembering every vector between runs: encoding is nearly all the time training takes.
 *
 * Texts are encoded one by one: in a batch the last digits depend on the others, and a run with an empty
 * memory must give the same bytes. Delete `node_modules/.cache/faces` after changing the encoder.
 */
export async function embedCached(texts: string[]): Promise<Float32Array[]> {
  known ??= read();
  const vectors = known;
  const missing = [...new Set(texts)].filter((text) => !vectors.has(text));
  if (missing.length > 0) {
    const encoder = await loadEncoder();
    for (const text of missing) {
      const [vector] = await encoder.encode([text]);
      if (vector) vectors.set(text, vector);
    }
    write(vectors);
  }
  return texts.map((text) => vectors.get(text) ?? new Float32Array(vectorDimensions));
}

/** One file, replaced whole: the vectors, their texts as JSON, and the length of that JSON, so that two runs at once cannot mix. */
function read(): Map<string, Float32Array> {
  try {
    const bytes = readFileSync(file);
    const jsonStart = bytes.length - 4 - bytes.readUInt32LE(bytes.length - 4);
    const texts = JSON.parse(bytes.toString("utf8", jsonStart, bytes.length - 4)) as string[];
    const floats = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + jsonStart));
    return new Map(texts.map((text, index) => [text, floats.slice(index * vectorDimensions, (index + 1) * vectorDimensions)]));
  } catch {
    return new Map();
  }
}

function write(vectors: Map<string, Float32Array>): void {
  const floats = new Float32Array(vectors.size * vectorDimensions);
  for (const [index, vector] of [...vectors.values()].entries()) floats.set(vector, index * vectorDimensions);
  const json = Buffer.from(JSON.stringify([...vectors.keys()]));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(json.length);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.${process.pid}`, Buffer.concat([Buffer.from(floats.buffer), json, length]));
  renameSync(`${file}.${process.pid}`, file);
}
