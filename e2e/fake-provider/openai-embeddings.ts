import { createHash } from "node:crypto";

import { countWords } from "./asked";
import { asArray, asNumber, asString, type JsonRecord } from "./json-value";
import { jsonReply, ProviderError, type Reply } from "./reply";

const DEFAULT_DIMENSIONS = 1536;

/** `POST /v1/embeddings`, as numbers or base64: texts that share words come out near each other. */
export function openaiEmbeddings(body: JsonRecord): Reply {
  const model = asString(body["model"]);
  if (model === null) throw new ProviderError(400, "you must provide a model parameter");
  const input = body["input"];
  const texts =
    typeof input === "string"
      ? [input]
      : asArray(input).map((one) => (typeof one === "string" ? one : JSON.stringify(one)));
  if (texts.length === 0) throw new ProviderError(400, "'$.input' is invalid.");

  const dimensions = asNumber(body["dimensions"]) ?? DEFAULT_DIMENSIONS;
  const tokens = texts.reduce((sum, text) => sum + countWords(text), 0);
  const encode = (vector: Float32Array): unknown =>
    body["encoding_format"] === "base64" ? Buffer.from(vector.buffer).toString("base64") : [...vector];

  return jsonReply({
    object: "list",
    data: texts.map((text, index) => ({ object: "embedding", index, embedding: encode(embed(text, dimensions)) })),
    model,
    usage: { prompt_tokens: tokens, total_tokens: tokens },
  });
}

/** Unit vector of hashed words. */
function embed(text: string, dimensions: number): Float32Array {
  const vector = new Float32Array(dimensions);
  for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [""]) {
    const hash = createHash("sha256").update(word).digest();
    const slot = hash.readUInt32BE(0) % dimensions;
    vector[slot] = (vector[slot] ?? 0) + (hash.readUInt8(4) % 2 === 0 ? 1 : -1);
  }

  const norm = Math.hypot(...vector);
  if (norm === 0) vector[0] = 1;
  return norm === 0 ? vector : vector.map((value) => value / norm);
}
