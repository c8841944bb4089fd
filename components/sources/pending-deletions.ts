import type { DeletionReceipt } from "./wire";

/** Texts that somebody deleted and may still have back. */
export type PendingDeletion = {
  id: number;
  face: string;
  documents: readonly { id: string; label: string; isWaiting: boolean }[];
};

export type DeletionEnd =
  { kind: "undone" } | { kind: "deleted"; receipt: DeletionReceipt } | { kind: "failed"; error: unknown };

/** How long a deletion can be taken back, in milliseconds. */
export const undoMs = 10_000;

type Remove = (face: string, document: string) => Promise<DeletionReceipt>;

/**
 * Deletions between the click and the request. They outlive the page they were made on; when the browser leaves the
 * site, they are sent at once.
 */
export class PendingDeletions {
  private pending: readonly PendingDeletion[] = [];
  private readonly timers = new Map<number, ReturnType<typeof setTimeout>>();
  private readonly onTheirWay = new Map<number, Promise<void>>();
  private readonly ends = new Map<number, (end: DeletionEnd) => void>();
  private readonly listeners = new Set<() => void>();
  private nextId = 1;

  constructor(
    private readonly remove: Remove,
    /** sends without waiting for an answer, from a page that goes */
    private readonly removeOnLeaving: (face: string, document: string) => void,
  ) {}

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  list = (): readonly PendingDeletion[] => this.pending;

  add(face: string, documents: PendingDeletion["documents"], onEnd: (end: DeletionEnd) => void): PendingDeletion {
    const deletion = { id: this.nextId++, face, documents };
    this.ends.set(deletion.id, onEnd);
    this.timers.set(
      deletion.id,
      setTimeout(() => void this.commit(deletion.id), undoMs),
    );
    this.set([...this.pending, deletion]);
    return deletion;
  }

  /** @returns false when it is too late */
  undo(id: number): boolean {
    const timer = this.timers.get(id);
    if (timer === undefined) return false;
    clearTimeout(timer);
    this.timers.delete(id);
    this.end(id, { kind: "undone" });
    return true;
  }

  /** Deletes at once what still waits of a face, and ends when all that is on its way has ended. */
  async flush(face: string): Promise<void> {
    const waiting = this.pending.filter((deletion) => deletion.face === face);
    await Promise.all(waiting.map(({ id }) => this.commit(id)));
  }

  /** The page goes: what was deleted is deleted. */
  leave(): void {
    for (const { id, face, documents } of this.pending) {
      if (!this.timers.has(id)) continue;
      clearTimeout(this.timers.get(id));
      this.timers.delete(id);
      for (const document of documents) this.removeOnLeaving(face, document.id);
    }
    // a browser may bring the page back as it was
    this.set([]);
  }

  private commit(id: number): Promise<void> {
    const timer = this.timers.get(id);
    const deletion = this.pending.find((each) => each.id === id);
    if (timer === undefined || deletion === undefined) return this.onTheirWay.get(id) ?? Promise.resolve();
    clearTimeout(timer);
    this.timers.delete(id);
    const work = this.removeAll(deletion).finally(() => this.onTheirWay.delete(id));
    this.onTheirWay.set(id, work);
    return work;
  }

  private async removeAll({ id, face, documents }: PendingDeletion): Promise<void> {
    const sum: DeletionReceipt = { deleted: true, primitives_removed: 0, primitives_kept: 0, tokens_released: 0 };
    try {
      // one after the other: each changes the same graph
      for (const { id: document } of documents) {
        const receipt = await this.remove(face, document);
        sum.primitives_removed += receipt.primitives_removed;
        sum.primitives_kept += receipt.primitives_kept;
        sum.tokens_released += receipt.tokens_released;
      }
      this.end(id, { kind: "deleted", receipt: sum });
    } catch (error) {
      this.end(id, { kind: "failed", error });
    }
  }

  private end(id: number, end: DeletionEnd): void {
    const onEnd = this.ends.get(id);
    this.ends.delete(id);
    // whoever listens may want to refresh the list before the rows that are gone could show again
    onEnd?.(end);
    this.set(this.pending.filter((deletion) => deletion.id !== id));
  }

  private set(pending: readonly PendingDeletion[]): void {
    this.pending = pending;
    for (const listener of this.listeners) listener();
  }
}
