import { z } from "zod";
import { toThreadTime } from "../thread-times";
import type { ThreadTurn } from "../thread-text";

const Piece = z.union([z.string(), z.looseObject({ text: z.string() }).transform(({ text }) => text)]);
const Message = z.looseObject({
  type: z.string(),
  date: z.string().nullish(),
  from: z.string().nullish(),
  forwarded_from: z.string().nullish(),
  text: z.union([z.string(), z.array(Piece).transform((pieces) => pieces.join(""))]).catch(""),
});
const Chat = z.looseObject({ messages: z.array(z.unknown()) });
const Single = Chat.extend({ id: z.unknown(), type: z.string() });
const Full = z.looseObject({ chats: z.looseObject({ list: z.array(Chat) }) });

/**
 * The messages of Telegram's `result.json`, of one chat or of all. Service messages and pictures without words are
 * dropped; what was forwarded is said by whoever wrote it, and by nobody when Telegram does not tell.
 */
export function telegramTurns(value: unknown): ThreadTurn[] | null {
  const single = Single.safeParse(value);
  const full = Full.safeParse(value);
  if (!single.success && !full.success) return null;
  const chats = full.success ? full.data.chats.list : single.success ? [single.data] : [];
  return chats.flatMap(({ messages }) => messages.flatMap(toTurn));
}

function toTurn(value: unknown): ThreadTurn[] {
  const message = Message.safeParse(value);
  if (!message.success || message.data.type !== "message") return [];
  const { data } = message;
  const isForwarded = "forwarded_from" in data;
  const speaker = isForwarded ? data.forwarded_from : (data.from ?? "Deleted account");
  return speaker ? [{ speaker, text: data.text, at: toThreadTime(data.date) }] : [];
}
