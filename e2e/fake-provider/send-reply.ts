import { setImmediate, setTimeout as delay } from "node:timers/promises";
import type { ServerResponse } from "node:http";
import { constants, createGzip } from "node:zlib";

import { type Fault, findFault } from "./faults";
import type { RecordedRequest } from "./recorded-request";
import type { Reply, Wire } from "./reply";
import { toPieces } from "./spoil-reply";

/** Writes a reply with whatever is wrong with it. Resolves when all is written, or when the client has gone. */
export async function sendReply(
  response: ServerResponse,
  reply: Reply,
  record: RecordedRequest,
  wire: Wire,
): Promise<void> {
  const { faults } = record;
  const isGzip = findFault(faults, "gzip") !== undefined;
  const plain = toPieces(reply, faults, wire, record.id);
  const whole = isGzip ? await gzipPieces(plain) : plain;

  const slow = findFault(faults, "slow");
  if (slow?.headersMs !== undefined) await pause(slow.headersMs, response);
  if (response.destroyed) return;

  response.writeHead(reply.status, {
    ...reply.headers,
    "x-request-id": record.id,
    "request-id": record.id,
    ...(isGzip ? { "content-encoding": "gzip" } : {}),
  });
  response.flushHeaders();
  record.status = reply.status;
  record.headersSentAt = Date.now();

  const cut = findFault(faults, "cut");
  const hang = findFault(faults, "hang");
  const pieces = cut ? cutPieces(whole, cut) : whole.slice(0, hang?.afterEvents);
  for (const piece of pieces) {
    if (slow?.delayMs !== undefined) await pause(slow.delayMs, response);
    if (!(await writePiece(response, piece, findFault(faults, "one-byte-chunks") !== undefined))) return;
    record.piecesSent += 1;
  }

  if (hang) return;
  if (!cut || cut.isClean) {
    response.end();
    return;
  }
  record.cutByServer = true;
  response.destroy();
}

async function writePiece(response: ServerResponse, piece: Buffer, isByteByByte: boolean): Promise<boolean> {
  for (const part of isByteByByte ? Array.from(piece, (byte) => Buffer.of(byte)) : [piece]) {
    if (response.destroyed) return false;
    await new Promise<void>((resolve) => {
      response.write(part, () => resolve());
    });
    // Lets the chunk leave on its own before the next one is queued.
    await setImmediate();
  }
  return true;
}

/** Waits, but no longer than the client does. */
async function pause(milliseconds: number, response: ServerResponse): Promise<void> {
  const gone = new AbortController();
  const onClose = (): void => gone.abort();
  response.once("close", onClose);
  await delay(milliseconds, undefined, { signal: gone.signal }).catch(() => undefined);
  response.off("close", onClose);
}

function cutPieces(pieces: Buffer[], cut: Extract<Fault, { kind: "cut" }>): Buffer[] {
  const total = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const bytesOf = (count: number): number => pieces.slice(0, count).reduce((sum, piece) => sum + piece.length, 0);
  const wanted = cut.afterBytes ?? (cut.afterEvents === undefined ? null : bytesOf(cut.afterEvents));

  let end = wanted ?? Math.floor(total / 2);
  if (cut.isMidCharacter) {
    const lead = Buffer.concat(pieces).findIndex((byte, index) => index >= (wanted ?? 0) && byte >= 0xc2);
    if (lead >= 0) end = lead + 1;
  }

  let left = end;
  return pieces.flatMap((piece) => {
    const kept = piece.subarray(0, Math.max(0, left));
    left -= piece.length;
    return kept.length > 0 ? [kept] : [];
  });
}

/** Compresses as one gzip stream, flushed after every piece so that each arrives when it is sent. */
async function gzipPieces(pieces: Buffer[]): Promise<Buffer[]> {
  const gzip = createGzip();
  const out: Buffer[] = [];
  let current: Buffer[] = [];
  gzip.on("data", (data: Buffer) => current.push(data));

  for (const piece of pieces) {
    gzip.write(piece);
    await new Promise<void>((resolve) => gzip.flush(constants.Z_SYNC_FLUSH, resolve));
    out.push(Buffer.concat(current));
    current = [];
  }

  const ended = new Promise((resolve) => gzip.once("end", resolve));
  gzip.end();
  await ended;
  return [...out, Buffer.concat(current)];
}
