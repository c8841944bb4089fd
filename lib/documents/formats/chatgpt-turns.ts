import { z } from "zod";
import { toThreadTime } from "../thread-times";
import type { ThreadTurn } from "../thread-text";

const Message = z.looseObject({
  author: z.looseObject({ role: z.string() }),
  create_time: z.number().nullish(),
  content: z.looseObject({ content_type: z.string(), parts: z.array(z.unknown()).nullish() }),
  metadata: z.looseObject({ is_visually_hidden_from_conversation: z.boolean().nullish() }).nullish().catch(null),
});
const Node = z.looseObject({ message: z.unknown().optional(), parent: z.string().nullish() });
const Conversation = z.looseObject({
  mapping: z.record(z.string(), Node),
  current_node: z.string().nullish(),
  create_time: z.number().nullish(),
});
const Conversations = z.array(Conversation).min(1);

const speakers: Record<string, string> = { user: "User", assistant: "Assistant" };

/**
 * The conversations of ChatGPT's `conversations.json`, oldest first, each as it was last: the branch that ends at
 * `current_node`. `User` is whoever exported it.
 */
export function chatgptTurns(value: unknown): ThreadTurn[] | null {
  const found = Conversations.safeParse(Array.isArray(value) ? value : [value]);
  if (!found.success) return null;
  const oldestFirst = [...found.data].sort((a, b) => (a.create_time ?? 0) - (b.create_time ?? 0));
  return oldestFirst.flatMap((conversation) => {
    let before = toThreadTime(conversation.create_time);
    return branch(conversation).flatMap((value) => {
      const message = Message.safeParse(value);
      if (!message.success) return [];
      const { author, content, create_time: time, metadata } = message.data;
      const speaker = speakers[author.role];
      const isShown = /^(?:text|multimodal_text)$/u.test(content.content_type);
      if (speaker === undefined || !isShown || metadata?.is_visually_hidden_from_conversation === true) return [];
      const text = (content.parts ?? []).filter((part) => typeof part === "string").join("\n");
      before = toThreadTime(time) ?? before;
      return [{ speaker, text, at: before }];
    });
  });
}

/** The messages from the first to the current one. A mapping may be damaged into a circle. */
function branch({ mapping, current_node: current }: z.infer<typeof Conversation>): unknown[] {
  const messages: unknown[] = [];
  const seen = new Set<string>();
  let id = current ?? Object.keys(mapping).at(-1) ?? null;
  while (id !== null && !seen.has(id)) {
    seen.add(id);
    const node: z.infer<typeof Node> | undefined = Object.hasOwn(mapping, id) ? mapping[id] : undefined;
    if (node?.message) messages.push(node.message);
    id = node?.parent ?? null;
  }
  return messages.reverse();
}
