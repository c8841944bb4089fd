import type { IncomingMessage } from "node:http";
import { AppError, InvalidInputError } from "@/lib/errors";
import { untouchedIncoming } from "./node-request";

const megabyte = 1024 * 1024;

/** Largest JSON body, in bytes. Texts larger than this come as a file. */
export const maxJsonBytes = 10 * megabyte;

/**
 * Reads a body to its end, but never more than `maxBytes`.
 *
 * @throws {AppError} `too_large`
 */
export async function readBytes(request: Request, maxBytes: number): Promise<Uint8Array> {
  const announced = Number(request.headers.get("content-length") ?? "0");
  if (announced > maxBytes) throw tooLarge(maxBytes);
  const incoming = untouchedIncoming(request);
  if (incoming !== null) return readIncoming(incoming, maxBytes);
  if (request.body === null) return new Uint8Array();
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of request.body) {
    size += part.byteLength;
    if (size > maxBytes) throw tooLarge(maxBytes);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** The same by Node's events, which is what they cost least by. */
function readIncoming(incoming: IncomingMessage, maxBytes: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let size = 0;
    incoming.on("data", (part: Buffer) => {
      size += part.byteLength;
      if (size <= maxBytes) return void parts.push(part);
      incoming.pause().removeAllListeners("data");
      reject(tooLarge(maxBytes));
    });
    incoming.on("end", () => resolve(parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts)));
    incoming.on("error", reject);
    incoming.on("close", () => {
      if (!incoming.readableEnded) reject(new InvalidInputError("The connection ended in the middle of the body."));
    });
  });
}

/** The error for a body over its limit. */
export function tooLarge(maxBytes: number): AppError {
  return new AppError("too_large", `The body is larger than ${Math.floor(maxBytes / megabyte)} MB.`);
}
