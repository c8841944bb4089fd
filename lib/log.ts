import { env } from "@/lib/env";
import { redactKeys } from "@/lib/redact-keys";

const levels = { debug: 10, info: 20, warn: 30, error: 40 } as const;
type Level = keyof typeof levels;
type Fields = Record<string, unknown>;

function describe(value: unknown): unknown {
  if (value instanceof Error) {
    return { name: value.name, message: value.message, stack: value.stack, cause: describe(value.cause) };
  }
  return typeof value === "bigint" ? value.toString() : value;
}

function write(level: Level, message: string, fields: Fields): void {
  if (levels[level] < levels[env().LOG_LEVEL]) return;
  const line = redactKeys(
    JSON.stringify({ time: new Date().toISOString(), level, message, ...fields }, (_key, value: unknown) =>
      describe(value),
    ),
  );
  // stderr keeps stdout free for what a person reads; the only console of the product
  console.error(line);
}

/** One JSON line per event, on stderr. API keys are cut down to their prefix; never pass a token or a text that a person wrote. */
export const log = {
  debug: (message: string, fields: Fields = {}) => write("debug", message, fields),
  info: (message: string, fields: Fields = {}) => write("info", message, fields),
  warn: (message: string, fields: Fields = {}) => write("warn", message, fields),
  error: (message: string, fields: Fields = {}) => write("error", message, fields),
};
