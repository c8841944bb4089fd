import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { type Encoded, loadEncoder } from "@/lib/models/encoder";
import { vectorDimensions } from "@/lib/models/vector";

/** A text's vectors as kept between runs: its pieces' states as int8, for memory's sake. */
type Kept = { vector: Float32Array; pooled: Float32Array; states: Int8Array; scale: number };

const folder = new URL("../../../node_modules/.cache/faces/", import.meta.url).pathname;
const file = `${folder}training-states`;
let known: Map<string, Kept> | undefined;

/**
 * Embeds texts, remembering what the encoder said between runs: encoding is nearly all the time training takes.
 *
 * Texts are encoded one by one: in a batch the last digits depend on the others, and a run with an empty
 * memory must give the same bytes. Delete `node_modules/.cache/faces` after changing the encoder.
 */
export async function embedCached(texts: string[]): Promise<Encoded[]> {
  known ??= read();
  const kept = known;
  const missing = [...new Set(texts)].filter((text) => !kept.has(text));
  if (missing.length > 0) {
    const encoder = await loadEncoder();
    for (const text of missing) {
      const [encoded] = await encoder.encodeDeep([text]);
      if (encoded) kept.set(text, keep(encoded));
    }
    write(kept);
  }
  return texts.map((text) => lazily(kept.get(text)));
}

function keep({ vector, pooled, states }: Encoded): Kept {
  const peak = states.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-9);
  const scale = Math.fround(peak / 127);
  return { vector, pooled, scale, states: Int8Array.from(states, (value) => Math.round(value / scale)) };
}

/** The states are unpacked each time they are asked for: all of them at once would fill the memory. */
function lazily(kept: Kept | undefined): Encoded {
  if (!kept) return { vector: new Float32Array(0), pooled: new Float32Array(0), states: new Float32Array(0) };
  const { vector, pooled, states, scale } = kept;
  return {
    vector,
    pooled,
    get states() {
      return Float32Array.from(states, (value) => value * scale);
    },
  };
}

/** One file, replaced whole, so that two runs at once cannot mix: the texts and sizes as JSON, its length, the floats, the states. */
function read(): Map<string, Kept> {
  try {
    const bytes = readFileSync(file);
    const jsonEnd = 4 + bytes.readUInt32LE(0);
    const texts = JSON.parse(bytes.toString("utf8", 4, jsonEnd)) as [string, number][];
    const floats = new Float32Array(bytes.buffer.slice(bytes.byteOffset + jsonEnd, bytes.byteOffset + jsonEnd + texts.length * floatsPerText * 4));
    const states = new Int8Array(bytes.buffer, bytes.byteOffset + jsonEnd + texts.length * floatsPerText * 4);
    let at = 0;
    return new Map(
      texts.map(([text, size], index) => {
        const own = floats.subarray(index * floatsPerText, (index + 1) * floatsPerText);
        at += size;
        return [
          text,
          {
            vector: own.subarray(0, vectorDimensions),
            pooled: own.subarray(vectorDimensions, 2 * vectorDimensions),
            scale: own[2 * vectorDimensions] ?? 0,
            states: states.subarray(at - size, at),
          },
        ];
      }),
    );
  } catch {
    return new Map();
  }
}

const floatsPerText = 2 * vectorDimensions + 1;

function write(kept: Map<string, Kept>): void {
  const json = Buffer.from(JSON.stringify([...kept].map(([text, { states }]) => [text, states.length])));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(json.length);
  const floats = new Float32Array(kept.size * floatsPerText);
  for (const [index, { vector, pooled, scale }] of [...kept.values()].entries()) {
    floats.set(vector, index * floatsPerText);
    floats.set(pooled, index * floatsPerText + vectorDimensions);
    floats[(index + 1) * floatsPerText - 1] = scale;
  }
  const states = [...kept.values()].map(({ states: own }) => Buffer.from(own.buffer, own.byteOffset, own.length));
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.${process.pid}`, Buffer.concat([length, json, Buffer.from(floats.buffer), ...states]));
  renameSync(`${file}.${process.pid}`, file);
}
