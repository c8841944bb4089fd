import { formatThread, type ThreadTurn } from "../thread-text";
import { chatgptTurns } from "./chatgpt-turns";
import { discordTurns } from "./discord-turns";
import { type Reading, Refusal } from "./reading";
import { slackTurns } from "./slack-turns";
import { telegramTurns } from "./telegram-turns";

const readers: [format: string, read: (value: unknown) => ThreadTurn[] | null][] = [
  ["chatgpt", chatgptTurns],
  ["telegram", telegramTurns],
  ["discord", discordTurns],
  ["slack", (value) => slackTurns([{ messages: value }], [])],
];

/**
 * The messages of a chat's JSON export: Telegram, Slack, Discord (DiscordChatExporter), ChatGPT.
 *
 * @throws {Refusal} cut off, nested beyond reason, or none of these
 */
export function readJsonChat(text: string, fileName: string): Reading {
  const value = parseJson(text, fileName);
  for (const [format, read] of readers) {
    const turns = read(value);
    if (turns !== null) return toReading(format, turns, fileName);
  }
  throw new Refusal(
    "unsupported_type",
    `${fileName} is JSON, but no chat export of Telegram, Slack, Discord or ChatGPT. Upload what people wrote as text.`,
  );
}

/** A chat in its normal form. @throws {Refusal} nobody says anything in it */
export function toReading(
  format: string,
  turns: ThreadTurn[],
  fileName: string,
  mimeType = "application/json",
): Reading {
  const thread = formatThread(turns);
  if (thread !== "") return { format, mimeType, text: thread, kind: "thread", notes: [] };
  throw new Refusal("unreadable", `There are no messages with text in ${fileName}.`);
}

/** @throws {Refusal} */
export function parseJson(text: string, fileName: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal("unreadable", `${fileName} is not valid JSON: it is damaged or cut off. Export the chat again.`);
  }
}
