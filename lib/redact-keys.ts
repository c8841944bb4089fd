const keys = /sk-faces-[A-Za-z0-9_-]{16,}/gu;
const shownLength = "sk-faces-".length + 6;

/** A text in which API keys are cut down to their prefix, by which their owner knows them. */
export function redactKeys(text: string): string {
  return text.includes("sk-faces-") ? text.replace(keys, (key) => `${key.slice(0, shownLength)}…`) : text;
}

/** Whether an API key stands in a text, where none may be kept. */
export function holdsKey(text: string): boolean {
  return redactKeys(text) !== text;
}
