import type { Readable } from "node:stream";
import { env } from "@/lib/env";
import { localStore } from "./local-store";

/** Where files lie as they came. A key is made of ids only: `faces/{faceId}/{documentId}`. */
export type ObjectStore = {
  /** Whole or not at all: a reader never sees half an object. Replaces what was there. */
  put(key: string, body: Uint8Array | Readable, options: { contentType: string; signal?: AbortSignal }): Promise<void>;
  /** @throws {AppError} `not_found` */
  get(key: string, options?: { signal?: AbortSignal }): Promise<Readable>;
  /** Deleting what is not there is no error. */
  delete(key: string): Promise<void>;
  exists(key: string): Promise<boolean>;
  /** Every key that begins with `prefix`, with the time it was written. For sweeps. */
  list(prefix: string): AsyncIterable<{ key: string; writtenAt: Date }>;
};

let made: ObjectStore | undefined;

/** The installation's store: a folder beside the database, unless STORAGE_URL names another. */
export function store(): ObjectStore {
  made ??= localStore(filesFolder());
  return made;
}

function filesFolder(): string {
  return `${env().FACES_DATA_DIR ?? ".data"}/files`;
}
