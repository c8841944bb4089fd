import type { Readable } from "node:stream";
import { env } from "@/lib/env";
import { localStore } from "./local-store";
import { s3Store } from "./s3-store";

/** Where files lie as they came. A key is made of ids only: `faces/{faceId}/{documentId}`. */
export type ObjectStore = {
  /** Whole or not at all: a reader never sees half an object. Replaces what was there. */
  put(key: string, body: Uint8Array | Readable, options: { contentType: string; signal?: AbortSignal }): Promise<void>;
  /** @throws {AppError} `not_found` */
  get(key: string, options?: { signal?: AbortSignal }): Promise<Readable>;
  /** Deleting what is not there is no error. */
  delete(key: string): Promise<void>;
  exists(key: string): Promise<boolean>;
  /** Deletes what a crash left half-written more than an hour ago; a store that keeps nothing of the kind has no need to. */
  deleteUnfinished?(): Promise<void>;
};

let made: ObjectStore | undefined;

/** The installation's store: a folder beside the database, unless STORAGE_URL names a bucket. */
export function store(): ObjectStore {
  made ??= open();
  return made;
}

function open(): ObjectStore {
  const { STORAGE_URL, STORAGE_ACCESS_KEY_ID, STORAGE_SECRET_ACCESS_KEY, FACES_DATA_DIR } = env();
  if (STORAGE_URL === undefined) return localStore(`${FACES_DATA_DIR ?? ".data"}/files`);
  return s3Store(STORAGE_URL, { accessKeyId: STORAGE_ACCESS_KEY_ID, secretAccessKey: STORAGE_SECRET_ACCESS_KEY });
}
