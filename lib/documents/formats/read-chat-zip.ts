import { decodeText } from "./decode-text";
import { parseJson, readJsonChat, toReading } from "./read-json-chat";
import { isWhatsApp, readWhatsApp } from "./read-whatsapp";
import { type Reading, Refusal, type SourceFile } from "./reading";
import { slackTurns } from "./slack-turns";
import { unzip } from "./unzip";

const dayFile = /^(?:[^/]+\/)?([^/]+)\/(\d{4}-\d{2}-\d{2})\.json$/u;
const whatsAppFile = /(?:^|\/)(?:_chat|WhatsApp[^/]*)\.txt$/iu;

/**
 * A chat export that comes as an archive: WhatsApp's `_chat.txt`, Slack's days with `users.json`, ChatGPT's
 * `conversations.json`, Telegram's `result.json`.
 *
 * @param paths what the archive holds
 * @throws {Refusal} none of these
 */
export function readChatZip({ bytes, fileName }: SourceFile, paths: string[]): Reading {
  const mimeType = "application/zip";
  const chat = paths.find((path) => whatsAppFile.test(path)) ?? onlyText(paths);
  if (chat !== undefined) {
    const text = readEntry(bytes, fileName, chat);
    if (isWhatsApp(text)) return { ...readWhatsApp(text), mimeType };
  }
  const json = paths.find((path) => /(?:^|\/)(?:conversations|result)\.json$/iu.test(path));
  if (json !== undefined) return { ...readJsonChat(readEntry(bytes, fileName, json), json), mimeType };
  const days = paths.filter((path) => dayFile.test(path)).sort();
  if (days.length > 0) return readSlack(bytes, fileName, days, mimeType);
  throw new Refusal(
    "unsupported_type",
    `${fileName} is an archive, but no chat export of WhatsApp, Slack, Telegram or ChatGPT. Upload the files in it one at a time.`,
  );
}

/** Phones name the chat after the group, in the phone's language. */
function onlyText(paths: string[]): string | undefined {
  const texts = paths.filter((path) => /\.txt$/iu.test(path) && !path.startsWith("__MACOSX"));
  return texts.length === 1 ? texts[0] : undefined;
}

function readEntry(bytes: Uint8Array, fileName: string, path: string): string {
  const entry = unzip(bytes, fileName, (name) => name === path).get(path);
  return decodeText(entry ?? new Uint8Array(), path);
}

function readSlack(bytes: Uint8Array, fileName: string, days: string[], mimeType: string): Reading {
  const wanted = new Set(days);
  const isUsers = (path: string): boolean => /(?:^|\/)users\.json$/u.test(path);
  const files = unzip(bytes, fileName, (path) => wanted.has(path) || isUsers(path));
  const read = (path: string): unknown => parseJson(decodeText(files.get(path) ?? new Uint8Array(), path), path);
  const usersPath = [...files.keys()].find(isUsers);
  const turns = slackTurns(
    days.map((path) => ({ messages: read(path) })),
    usersPath === undefined ? [] : read(usersPath),
  );
  return toReading("slack", turns ?? [], fileName, mimeType);
}
