import { runTask } from "@/lib/compute/pool";
import { packVector } from "@/lib/models/vector";
import type { Overrides } from "./primitive-overrides";

const embedTimeoutMs = 60_000;

/** Packed embeddings of an owner's wordings, by key of their primitive. */
export async function embedOverrides(overrides: Overrides): Promise<Record<string, Uint8Array<ArrayBuffer>>> {
  const edited = Object.entries(overrides).flatMap(([key, { text }]) => (text === undefined ? [] : [{ key, text }]));
  if (edited.length === 0) return {};
  const vectors = await runTask("embed", { texts: edited.map(({ text }) => text) }, { timeoutMs: embedTimeoutMs });
  return Object.fromEntries(
    edited.flatMap(({ key }, at) => {
      const vector = vectors[at];
      return vector === undefined ? [] : [[key, packVector(vector)]];
    }),
  );
}
