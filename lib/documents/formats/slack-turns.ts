import { z } from "zod";
import { toThreadTime } from "../thread-times";
import type { ThreadTurn } from "../thread-text";

const text = z.string().nullish();
const Profile = z.looseObject({ real_name: text, display_name: text });
const Message = z.looseObject({
  type: z.literal("message"),
  subtype: text,
  user: z.string(),
  text: z.string(),
  ts: z.string(),
  user_profile: Profile.nullish().catch(null),
});
const User = z.looseObject({ id: z.string(), name: text, real_name: text, profile: Profile.nullish().catch(null) });

/** What people write has one of these subtypes or none; joins, topics and bots have others. */
const written = new Set([undefined, null, "", "thread_broadcast", "me_message", "file_share"]);

/**
 * The messages of Slack's export, with the real names of `users.json` where it is given. Times are UTC.
 *
 * @param days the contents of day files, in order
 * @param users the content of `users.json`, or nothing
 */
export function slackTurns(days: { messages: unknown }[], users: unknown): ThreadTurn[] | null {
  const lists = days.map(({ messages }) => messages);
  if (!lists.every((list) => Array.isArray(list))) return null;
  const parsed = lists.flat().map((each) => Message.safeParse(each));
  const messages = parsed.flatMap(({ data }) => (data === undefined ? [] : [data]));
  if (messages.length === 0) return null;
  const names = namesOf(users);
  for (const { user, user_profile: profile } of messages) {
    const name = profile?.real_name || profile?.display_name;
    if (name && !names.has(user)) names.set(user, name);
  }
  return messages
    .filter(({ subtype }) => written.has(subtype))
    .map((message) => ({
      speaker: names.get(message.user) ?? message.user,
      text: toPlainText(message.text, names),
      at: toThreadTime(Number(message.ts)),
    }));
}

function namesOf(users: unknown): Map<string, string> {
  const list = Array.isArray(users) ? users : [];
  return new Map(
    list.flatMap((each): [string, string][] => {
      const user = User.safeParse(each).data;
      const name = user?.profile?.real_name || user?.real_name || user?.profile?.display_name || user?.name;
      return user !== undefined && name ? [[user.id, name]] : [];
    }),
  );
}

/** Slack's own marks: `<@U1>`, `<#C1|general>`, `<https://x|label>`, and three escaped characters. */
function toPlainText(marked: string, names: Map<string, string>): string {
  return marked
    .replace(/<@([A-Z0-9]+)(?:\|([^>]*))?>/gu, (_all, id: string, label?: string) => `@${names.get(id) ?? label ?? id}`)
    .replace(/<#[A-Z0-9]+\|?([^>]*)>/gu, "#$1")
    .replace(/<!(?:subteam\^[A-Z0-9]+\|)?([^>|]*)(?:\|[^>]*)?>/gu, "@$1")
    .replace(/<((?:https?|mailto|tel):[^>|]*)(?:\|([^>]*))?>/gu, (_all, url: string, label?: string) => label || url)
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}
