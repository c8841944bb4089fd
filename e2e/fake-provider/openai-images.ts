import type { JsonRecord } from "./json-value";
import { UploadedFile } from "./openai-transcriptions";
import { jsonReply, ProviderError, type Reply } from "./reply";

/**
 * `POST /v1/images/edits`: gives back the last picture that came along, `n` times, so that whoever is on it is in the
 * result. `[[blocked]]` in the prompt is refused as OpenAI's safety system does.
 */
export function openaiImageEdit(form: JsonRecord): Reply {
  const image = form["image[]"] ?? form["image"];
  const { prompt } = form;
  if (!(image instanceof UploadedFile))
    throw new ProviderError(400, "Missing required parameter: 'image'.", { param: "image" });
  if (typeof prompt !== "string" || prompt === "")
    throw new ProviderError(400, "Missing required parameter: 'prompt'.", { param: "prompt" });
  if (prompt.includes("[[blocked]]")) {
    const sentence = "Your request was rejected by the safety system. safety_violations=[sexual].";
    throw new ProviderError(400, sentence, { code: "moderation_blocked" });
  }
  const count = Number(form["n"] ?? 1);
  const b64_json = Buffer.from(image.bytes).toString("base64");
  return jsonReply({
    created: 1_789_000_000,
    background: "opaque",
    data: Array.from({ length: count }, () => ({ b64_json })),
    output_format: "png",
    quality: "high",
    size: form["size"] ?? "1024x1024",
    usage: {
      total_tokens: 100,
      input_tokens: 50,
      output_tokens: 50,
      input_tokens_details: { text_tokens: 10, image_tokens: 40 },
    },
  });
}
