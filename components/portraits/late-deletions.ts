/** How a deletion ended. */
export type DeletionEnd = { kind: "undone" } | { kind: "deleted" } | { kind: "failed"; error: unknown };

/** How long a deletion can be taken back, in milliseconds. */
export const undoMs = 8_000;

type Waiting = { timer: ReturnType<typeof setTimeout>; onEnd: (end: DeletionEnd) => void };

/** Deletions between the click and the request: until then they can be taken back. They outlive the page. */
export class LateDeletions {
  private readonly waiting = new Map<string, Waiting>();
  private doomed: ReadonlySet<string> = new Set();
  private readonly listeners = new Set<() => void>();

  constructor(
    private readonly remove: (id: string) => Promise<unknown>,
    /** sends without waiting for an answer, from a page that goes */
    private readonly removeOnLeaving: (id: string) => void,
  ) {}

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Ids that are not to be shown. */
  list = (): ReadonlySet<string> => this.doomed;

  add(id: string, onEnd: (end: DeletionEnd) => void): void {
    if (this.doomed.has(id)) return;
    this.waiting.set(id, { timer: setTimeout(() => void this.commit(id), undoMs), onEnd });
    this.set([...this.doomed, id]);
  }

  /** @returns false when it is too late */
  undo(id: string): boolean {
    const found = this.take(id);
    if (found === undefined) return false;
    this.end(id, found, { kind: "undone" });
    return true;
  }

  /** The page goes: what was deleted is deleted. */
  leave(): void {
    for (const id of this.waiting.keys()) {
      this.take(id);
      this.removeOnLeaving(id);
    }
    this.set([]);
  }

  private async commit(id: string): Promise<void> {
    const found = this.take(id);
    if (found === undefined) return;
    try {
      await this.remove(id);
      this.end(id, found, { kind: "deleted" });
    } catch (error) {
      this.end(id, found, { kind: "failed", error });
    }
  }

  private take(id: string): Waiting | undefined {
    const found = this.waiting.get(id);
    clearTimeout(found?.timer);
    this.waiting.delete(id);
    return found;
  }

  private end(id: string, { onEnd }: Waiting, end: DeletionEnd): void {
    // whoever listens takes it off the lists before it could show again
    onEnd(end);
    this.set([...this.doomed].filter((each) => each !== id));
  }

  private set(ids: readonly string[]): void {
    this.doomed = new Set(ids);
    for (const listener of this.listeners) listener();
  }
}
