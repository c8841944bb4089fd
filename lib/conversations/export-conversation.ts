import type { Ctx } from "@/lib/auth/context";
import { branchOf } from "./branch";
import type { ConversationDetail, MessageView } from "./schemas";
import { showConversation } from "./show-conversation";

export type ExportedConversation = { body: string; contentType: string; fileName: string };

/**
 * A conversation as a file: all branches as JSON, or the one that is shown as Markdown, to be read.
 *
 * @throws {NotFoundError}
 */
export async function exportConversation(
  ctx: Ctx,
  id: string,
  format: "json" | "markdown",
): Promise<ExportedConversation> {
  const conversation = await showConversation(ctx, id);
  const name = fileNameOf(conversation.title);
  if (format === "markdown") {
    const contentType = "text/markdown; charset=utf-8";
    return { body: toMarkdown(conversation), contentType, fileName: `${name}.md` };
  }
  const { snippet: _none, ...kept } = conversation;
  const body = `${JSON.stringify({ format: "faces.conversation.1", ...kept }, null, 2)}\n`;
  return { body, contentType: "application/json", fileName: `${name}.json` };
}

export function toMarkdown(conversation: ConversationDetail): string {
  const name = conversation.face.name ?? conversation.face.username;
  const { messages, leaf_id: leafId } = conversation;
  const head = `# ${conversation.title || "Conversation"}\n\nWith ${name}, begun ${conversation.created_at.slice(0, 10)}.\n`;
  const turns = branchOf(messages, leafId).map((message) => `\n${turn(message, name)}\n`);
  return `${head}${turns.join("")}`;
}

function turn(message: MessageView, name: string): string {
  if (message.role === "user") return `## You\n\n${message.content}`;
  const content = message.content || noWords(message);
  return `## ${name}${credit(message)}\n\n${content}`;
}

function credit({ model, status }: MessageView): string {
  const notes = [
    model === "builtin" ? "quoted by the built-in engine" : model,
    status === "stopped" ? "stopped" : null,
  ];
  const told = notes.filter((note) => note !== null);
  return told.length === 0 ? "" : ` (${told.join(", ")})`;
}

function noWords({ status, error }: MessageView): string {
  if (status === "removed") return "*Removed with a text that it may have quoted.*";
  return error === null ? "*No answer.*" : `*No answer: ${error.message}*`;
}

function fileNameOf(title: string): string {
  const plain = title
    .normalize("NFKD")
    .replace(/\p{Mark}+/gu, "")
    .replace(/[^\p{Letter}\p{Number}]+/gu, "-")
    .replace(/[^\x20-\x7e]/g, "")
    .replace(/^-+|-+$/g, "")
    .slice(0, 60);
  return plain.toLowerCase() || "conversation";
}
