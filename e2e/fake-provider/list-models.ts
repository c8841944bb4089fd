import { CREATED_AT_SECONDS, jsonReply, type Reply, type Wire } from "./reply";

/** What the model list names. Other ids are served as well, except those that begin with `missing`. */
export const FAKE_MODELS = [
  "fake-large",
  "fake-small",
  "gpt-4o-mini",
  "claude-sonnet-4-6",
  "accounts/fireworks/models/llama-v3p1-8b-instruct",
] as const;

/** `GET /v1/models` in either provider's shape. */
export function listModels(wire: Wire): Reply {
  if (wire === "openai") {
    const data = FAKE_MODELS.map((id) => ({
      id,
      object: "model",
      created: CREATED_AT_SECONDS,
      owned_by: "fake-provider",
    }));
    return jsonReply({ object: "list", data });
  }

  const data = FAKE_MODELS.map((id) => ({ type: "model", id, display_name: id, created_at: "2026-01-01T00:00:00Z" }));
  return jsonReply({ data, has_more: false, first_id: FAKE_MODELS[0], last_id: FAKE_MODELS.at(-1) });
}
