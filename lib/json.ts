/** An object of JSON whose fields nobody has looked at. */
export type JsonObject = Record<string, unknown>;

/** What a text says as JSON; undefined, which no JSON says, when it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Whether a value of JSON is an object, no list and not null. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
