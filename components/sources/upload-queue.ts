import type { DocumentView } from "@/lib/documents/schemas";

/** One shape per state: a failed upload cannot also show a bar. */
export type Upload = { id: number; face: string; file: File; fields: Record<string, string> } & (
  { status: "queued" } | { status: "sending"; share: number } | { status: "failed"; error: unknown }
);

/** The server has too much to do: it says when to come again. */
export class BusyError extends Error {
  constructor(readonly waitMs: number) {
    super("The server asks to wait.");
  }
}

type Send = (upload: {
  face: string;
  file: File;
  fields: Record<string, string>;
  signal: AbortSignal;
  onProgress: (share: number) => void;
}) => Promise<DocumentView>;

/** Uploads at the same time; more would only share the same line. */
const atOnce = 2;

/**
 * Files on their way to the server, of whatever face. It lives as long as the page is loaded, so that going to another
 * tab of a face and coming back finds them still running.
 */
export class UploadQueue {
  private uploads: readonly Upload[] = [];
  private readonly running = new Map<number, AbortController>();
  private readonly listeners = new Set<() => void>();
  private nextId = 1;
  private pausedUntil = 0;
  /** told of each text that has arrived */
  onArrived: (face: string, document: DocumentView) => void = () => undefined;

  constructor(private readonly send: Send) {}

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  list = (): readonly Upload[] => this.uploads;

  /** @param fields sent beside each file, as in the contract */
  add(face: string, files: readonly File[], fields: Record<string, string>): void {
    const added = files.map((file): Upload => ({ id: this.nextId++, face, file, fields, status: "queued" }));
    this.set([...this.uploads, ...added]);
    this.pump();
  }

  /** Puts one that failed back into the line, with its error gone. */
  retry(id: number, fields?: Record<string, string>): void {
    this.change(id, ({ face, file, ...upload }) => ({
      id,
      face,
      file,
      fields: fields ?? upload.fields,
      status: "queued",
    }));
    this.pump();
  }

  /** Stops one, or forgets one that failed. */
  cancel(id: number): void {
    this.running.get(id)?.abort();
    this.set(this.uploads.filter((upload) => upload.id !== id));
  }

  /** Refuses files that no server would take, with the reason, without sending them. */
  refuse(face: string, file: File, fields: Record<string, string>, error: unknown): void {
    this.set([...this.uploads, { id: this.nextId++, face, file, fields, status: "failed", error }]);
  }

  private pump(): void {
    const wait = this.pausedUntil - Date.now();
    if (wait > 0) return;
    const free = atOnce - this.running.size;
    const next = this.uploads.filter(({ id, status }) => status === "queued" && !this.running.has(id)).slice(0, free);
    for (const upload of next) void this.start(upload);
  }

  private async start({ id, face, file, fields }: Upload): Promise<void> {
    const controller = new AbortController();
    this.running.set(id, controller);
    const sending = (share: number) => this.change(id, () => ({ id, face, file, fields, status: "sending", share }));
    sending(0);
    try {
      const document = await this.send({ face, file, fields, signal: controller.signal, onProgress: sending });
      this.running.delete(id);
      this.set(this.uploads.filter((upload) => upload.id !== id));
      this.onArrived(face, document);
    } catch (error) {
      this.running.delete(id);
      if (error instanceof BusyError) this.pause(id, { face, file, fields }, error.waitMs);
      else this.change(id, () => ({ id, face, file, fields, status: "failed", error }));
    }
    this.pump();
  }

  private pause(id: number, upload: Pick<Upload, "face" | "file" | "fields">, waitMs: number): void {
    this.pausedUntil = Date.now() + waitMs;
    this.change(id, () => ({ id, ...upload, status: "queued" }));
    setTimeout(() => this.pump(), waitMs + 1);
  }

  private change(id: number, to: (upload: Upload) => Upload): void {
    this.set(this.uploads.map((upload) => (upload.id === id ? to(upload) : upload)));
  }

  private set(uploads: readonly Upload[]): void {
    this.uploads = uploads;
    for (const listener of this.listeners) listener();
  }
}
