import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type FakeS3 = {
  url: string;
  objects: Map<string, { body: Buffer; type: string }>;
  /** method and path of every request, and whether it bore a signature */
  requests: { method: string; path: string; isSigned: boolean }[];
  /** parts of uploads that nobody has completed */
  uploads: Map<string, Map<number, Buffer>>;
  /** Answers the next requests with this status instead. */
  failNext(status: number, times?: number): void;
  stop(): Promise<void>;
};

/** The part of S3's wire that the store uses, in memory, for tests: path style, signatures required, 404 as XML. */
export async function startFakeS3(): Promise<FakeS3> {
  const fake = { objects: new Map(), requests: [], uploads: new Map() } as unknown as FakeS3;
  let failures: number[] = [];
  fake.failNext = (status, times = 1) => (failures = Array.from({ length: times }, () => status));
  const server = createServer((request, response) => {
    void readAll(request).then((body) => {
      const url = new URL(request.url ?? "/", "http://s3");
      const isSigned = /^AWS4-HMAC-SHA256 Credential=.+, Signature=[0-9a-f]{64}$/.test(
        request.headers.authorization ?? "",
      );
      fake.requests.push({ method: request.method ?? "", path: url.pathname, isSigned });
      const failure = failures.shift();
      if (failure !== undefined) return fail(response, failure, "InternalError");
      if (!isSigned) return fail(response, 403, "AccessDenied");
      answer(fake, request, response, { url, body });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  fake.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  fake.stop = () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return fake;
}

function answer(
  fake: FakeS3,
  request: IncomingMessage,
  response: ServerResponse,
  { url, body }: { url: URL; body: Buffer },
): void {
  const key = decodeURIComponent(url.pathname);
  const uploadId = url.searchParams.get("uploadId");
  const type = request.headers["content-type"] ?? "";
  if (request.method === "POST" && url.searchParams.has("uploads")) {
    fake.uploads.set("upload-1", new Map());
    return xml(
      response,
      `<InitiateMultipartUploadResult><UploadId>upload-1</UploadId></InitiateMultipartUploadResult>`,
    );
  }
  if (uploadId !== null) return part(fake, request, response, { url, body, key, uploadId });
  if (request.method === "PUT") {
    fake.objects.set(key, { body, type });
    return void response.writeHead(200, { etag: etag(body) }).end();
  }
  if (request.method === "DELETE") {
    fake.objects.delete(key);
    return void response.writeHead(204).end();
  }
  const found = fake.objects.get(key);
  if (found === undefined) return fail(response, 404, "NoSuchKey");
  response.writeHead(200, {
    "content-length": found.body.byteLength,
    "content-type": found.type,
    etag: etag(found.body),
  });
  response.end(request.method === "HEAD" ? undefined : found.body);
}

function part(
  fake: FakeS3,
  request: IncomingMessage,
  response: ServerResponse,
  { url, body, key, uploadId }: { url: URL; body: Buffer; key: string; uploadId: string },
): void {
  const parts = fake.uploads.get(uploadId);
  if (parts === undefined) return fail(response, 404, "NoSuchUpload");
  if (request.method === "PUT") {
    parts.set(Number(url.searchParams.get("partNumber")), body);
    return void response.writeHead(200, { etag: etag(body) }).end();
  }
  fake.uploads.delete(uploadId);
  if (request.method === "DELETE") return void response.writeHead(204).end();
  const named = [...body.toString("utf8").matchAll(/<PartNumber>(\d+)<\/PartNumber>/g)].map(([, number]) =>
    Number(number),
  );
  const whole = Buffer.concat(named.map((number) => parts.get(number) ?? Buffer.alloc(0)));
  fake.objects.set(key, { body: whole, type: "" });
  xml(response, `<CompleteMultipartUploadResult><ETag>${etag(whole)}</ETag></CompleteMultipartUploadResult>`);
}

function xml(response: ServerResponse, body: string, status = 200): void {
  response.writeHead(status, { "content-type": "application/xml" }).end(`<?xml version="1.0"?>${body}`);
}

function fail(response: ServerResponse, status: number, code: string): void {
  xml(response, `<Error><Code>${code}</Code><Message>${code}</Message></Error>`, status);
}

function etag(body: Buffer): string {
  return `"${createHash("md5").update(body).digest("hex")}"`;
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const piece of request) parts.push(piece as Buffer);
  return Buffer.concat(parts);
}
