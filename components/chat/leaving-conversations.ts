/** Conversations that were deleted a moment ago, and may still be taken back. */
const leaving = new Map<string, { timer: ReturnType<typeof setTimeout>; remove: () => Promise<void> }>();
const listeners = new Set<() => void>();
let version = 0;

/** As long as its toast stands. */
const secondThoughtsMs = 6_000;

export const isLeaving = (id: string): boolean => leaving.has(id);
export const leavingVersion = (): number => version;

export function onLeaving(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Hides a conversation now and deletes it soon. @returns takes it back */
export function deleteLater(id: string, remove: () => Promise<void>): () => void {
  const timer = setTimeout(() => void finish(id), secondThoughtsMs);
  leaving.set(id, { timer, remove });
  publish();
  return () => {
    clearTimeout(timer);
    if (leaving.delete(id)) publish();
  };
}

async function finish(id: string): Promise<void> {
  await leaving.get(id)?.remove();
  leaving.delete(id);
  publish();
}

/** Nobody can take back what was deleted once the page has gone. */
export function deleteOnLeave(): void {
  for (const id of leaving.keys())
    void fetch(`/v1/conversations/${encodeURIComponent(id)}`, { method: "DELETE", keepalive: true }).catch(
      () => undefined,
    );
}

function publish(): void {
  version += 1;
  for (const listener of listeners) listener();
}
