import { buffer } from "node:stream/consumers";
import { store } from "./store";

/** The whole of an object, for those that fit into memory. @throws {AppError} `not_found` */
export async function readObject(key: string, signal: AbortSignal): Promise<Uint8Array> {
  return new Uint8Array(await buffer(await store().get(key, { signal })));
}
