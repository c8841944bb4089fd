import { z } from "zod";
import { toThreadTime } from "../thread-times";
import type { ThreadTurn } from "../thread-text";

const Message = z.looseObject({
  type: z.string(),
  timestamp: z.string(),
  content: z.string(),
  author: z.looseObject({ name: z.string(), nickname: z.string().nullish(), isBot: z.boolean().nullish() }),
});
const Export = z.looseObject({ channel: z.looseObject({}), messages: z.array(z.unknown()) });

/** The messages of a channel as DiscordChatExporter writes them; without bots, joins, pins and calls. */
export function discordTurns(value: unknown): ThreadTurn[] | null {
  const exported = Export.safeParse(value);
  if (!exported.success) return null;
  return exported.data.messages.flatMap((each) => {
    const message = Message.safeParse(each);
    if (!message.success || !/^(?:Default|Reply|0|19)$/u.test(message.data.type)) return [];
    const { author, content, timestamp } = message.data;
    if (author.isBot === true) return [];
    return [{ speaker: author.nickname || author.name, text: content, at: toThreadTime(timestamp) }];
  });
}
