import { Readable } from "node:stream";
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
  type S3ClientConfig,
  S3ServiceException,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { NotFoundError } from "@/lib/errors";
import { log } from "@/lib/log";
import { requireKey } from "./storage-key";
import type { ObjectStore } from "./store";

/** Above S3's least size of a part, and small enough to be held in memory and sent again. */
const partBytes = 16 * 1024 * 1024;

type Credentials = { accessKeyId: string | undefined; secretAccessKey: string | undefined };
type PutOptions = Parameters<ObjectStore["put"]>[2];
type Place = { client: S3Client; bucket: string; prefix: string };

/**
 * A store in a bucket of S3 or of anything that speaks its wire (MinIO, R2, Ceph, …).
 *
 * @param url `s3://bucket/prefix?endpoint=https://…&region=…`; with an endpoint, addresses are in path style
 * @param credentials left out: the SDK's own chain (environment, profile, role of the machine)
 */
export function s3Store(url: string, { accessKeyId, secretAccessKey }: Credentials): ObjectStore {
  const { hostname, pathname, searchParams } = new URL(url);
  const endpoint = searchParams.get("endpoint");
  const config: S3ClientConfig = {
    region: searchParams.get("region") ?? "us-east-1",
    ...(endpoint !== null && { endpoint, forcePathStyle: true }),
    ...(accessKeyId !== undefined &&
      secretAccessKey !== undefined && { credentials: { accessKeyId, secretAccessKey } }),
    // checksums in trailers are S3's own: other stores refuse them
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    maxAttempts: 4,
    requestHandler: {
      connectionTimeout: 5_000,
      requestTimeout: 60_000,
      socketTimeout: 60_000,
      throwOnRequestTimeout: true,
    },
  };
  const prefix = decodeURIComponent(pathname).replace(/^\/+|\/+$/g, "");
  return new S3Store({ client: new S3Client(config), bucket: hostname, prefix });
}

/**
 * A body that fits in one part is one PUT; a longer one goes up in parts, each of which the SDK may send again, and
 * becomes an object with the last of them. So neither its length has to be known nor a copy kept.
 */
class S3Store implements ObjectStore {
  constructor(private readonly place: Place) {}

  async put(key: string, body: Uint8Array | Readable, options: PutOptions): Promise<void> {
    const parts = body instanceof Uint8Array ? one(body) : inParts(body, partBytes);
    const first = (await parts.next()).value ?? Buffer.alloc(0);
    const second = await parts.next();
    if (second.done === true) return this.#putWhole(key, first, options);
    return this.#putInParts(key, chain([first, second.value], parts), options);
  }

  async get(key: string, { signal }: { signal?: AbortSignal } = {}): Promise<Readable> {
    const { client } = this.place;
    try {
      const { Body } = await client.send(new GetObjectCommand(this.#at(key)), abortable(signal));
      if (!(Body instanceof Readable)) throw new TypeError("The store answered without a body.");
      return Body;
    } catch (error) {
      throw isMissing(error) ? new NotFoundError("The file") : error;
    }
  }

  async delete(key: string): Promise<void> {
    await this.place.client.send(new DeleteObjectCommand(this.#at(key)));
  }

  async exists(key: string): Promise<boolean> {
    try {
      await this.place.client.send(new HeadObjectCommand(this.#at(key)));
      return true;
    } catch (error) {
      if (isMissing(error)) return false;
      throw error;
    }
  }

  async #putWhole(key: string, Body: Uint8Array, { contentType, signal }: PutOptions): Promise<void> {
    const command = new PutObjectCommand({ ...this.#at(key), Body, ContentType: contentType });
    await this.place.client.send(command, abortable(signal));
  }

  async #putInParts(key: string, parts: AsyncIterable<Uint8Array>, { contentType, signal }: PutOptions): Promise<void> {
    const { client } = this.place;
    const at = this.#at(key);
    const create = new CreateMultipartUploadCommand({ ...at, ContentType: contentType });
    const { UploadId } = await client.send(create, abortable(signal));
    try {
      const Parts: { PartNumber: number; ETag: string | undefined }[] = [];
      for await (const Body of parts) {
        const PartNumber = Parts.length + 1;
        const upload = new UploadPartCommand({ ...at, UploadId, PartNumber, Body });
        const { ETag } = await client.send(upload, abortable(signal));
        Parts.push({ PartNumber, ETag });
      }
      const complete = new CompleteMultipartUploadCommand({ ...at, UploadId, MultipartUpload: { Parts } });
      await client.send(complete, abortable(signal));
    } catch (error) {
      // parts that nobody completes are stored, and billed, for ever
      await client.send(new AbortMultipartUploadCommand({ ...at, UploadId })).catch((cause: unknown) => {
        log.warn("parts of an upload stay in the bucket", { key, cause });
      });
      throw error;
    }
  }

  #at(key: string): { Bucket: string; Key: string } {
    const { bucket, prefix } = this.place;
    return { Bucket: bucket, Key: prefix === "" ? requireKey(key) : `${prefix}/${requireKey(key)}` };
  }
}

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array, undefined> {
  yield bytes;
}

/** Cuts a stream into pieces of one size; only the last may be smaller. */
async function* inParts(body: Readable, size: number): AsyncGenerator<Uint8Array, undefined> {
  let held: Buffer[] = [];
  let length = 0;
  for await (const piece of body as AsyncIterable<Buffer | string>) {
    const bytes = typeof piece === "string" ? Buffer.from(piece) : piece;
    held.push(bytes);
    length += bytes.byteLength;
    while (length >= size) {
      const all = Buffer.concat(held);
      yield all.subarray(0, size);
      held = [all.subarray(size)];
      length -= size;
    }
  }
  if (length > 0) yield Buffer.concat(held);
}

async function* chain(first: Uint8Array[], rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* first;
  yield* rest;
}

function abortable(signal: AbortSignal | undefined): { abortSignal?: AbortSignal } {
  return signal === undefined ? {} : { abortSignal: signal };
}

function isMissing(error: unknown): boolean {
  return error instanceof S3ServiceException && error.$metadata.httpStatusCode === 404;
}
