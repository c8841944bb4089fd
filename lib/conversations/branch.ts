type Node = { id: string; parent_id: string | null };

/** The messages from the first to `leafId`: one branch of a conversation, oldest first. */
export function branchOf<Message extends Node>(messages: readonly Message[], leafId: string | null): Message[] {
  const byId = new Map(messages.map((message) => [message.id, message]));
  const branch: Message[] = [];
  const seen = new Set<string>();
  for (let at = leafId === null ? undefined : byId.get(leafId); at !== undefined && !seen.has(at.id);) {
    branch.unshift(at);
    seen.add(at.id);
    at = at.parent_id === null ? undefined : byId.get(at.parent_id);
  }
  return branch;
}

/** Where a branch that goes through `id` ends: at the newest of the newest, as one last went on there. */
export function leafUnder<Message extends Node>(messages: readonly Message[], id: string): string {
  const newest = new Map<string, string>();
  for (const message of messages) if (message.parent_id !== null) newest.set(message.parent_id, message.id);
  const seen = new Set<string>();
  let at = id;
  for (let next = newest.get(at); next !== undefined && !seen.has(next); next = newest.get(at)) {
    seen.add(next);
    at = next;
  }
  return at;
}

/** The messages that stand where this one stands, itself among them, oldest first. */
export function siblingsOf<Message extends Node>(messages: readonly Message[], message: Node): Message[] {
  return messages.filter(({ parent_id: parent }) => parent === message.parent_id);
}
