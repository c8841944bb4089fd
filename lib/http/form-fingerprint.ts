import { createHash } from "node:crypto";

/**
 * A request whose body is hashed on its way to whoever reads it: a form, or a file.
 *
 * The boundary of a form is another in every try of the same upload, so it does not count.
 */
export function fingerprintedForm(
  request: Request,
  prefix: string,
): { request: Request; whenRead: () => Promise<string> } {
  const hash = createHash("sha256").update(prefix);
  const boundary = /boundary=(?:"([^"]+)"|([^\s;]+))/i.exec(request.headers.get("content-type") ?? "");
  const digest = new DelimitedHash(hash, Buffer.from(boundary?.[1] ?? boundary?.[2] ?? "\n"));
  const body = request.body?.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(bytes, controller) {
        digest.update(bytes);
        controller.enqueue(bytes);
      },
    }),
  );
  const { method, url, headers, signal } = request;
  const init: RequestInit & { duplex: "half" } = { method, headers: [...headers], signal, duplex: "half" };
  const passed = new Request(url, body === undefined ? init : { ...init, body });
  return {
    request: passed,
    async whenRead() {
      // a replay has not read it, and a reader of forms may leave what follows the form
      if (passed.body !== null && !passed.bodyUsed) for await (const part of passed.body) void part;
      return digest.end();
    },
  };
}

/** Hashes bytes in which a delimiter that changes counts as a mark that does not. */
class DelimitedHash {
  #rest: Buffer = Buffer.alloc(0);

  constructor(
    readonly hash: ReturnType<typeof createHash>,
    readonly delimiter: Buffer,
  ) {}

  update(bytes: Uint8Array): void {
    let text = Buffer.concat([this.#rest, bytes]);
    for (let at = text.indexOf(this.delimiter); at !== -1; at = text.indexOf(this.delimiter)) {
      this.hash.update(text.subarray(0, at)).update("\0boundary\0");
      text = text.subarray(at + this.delimiter.length);
    }
    // the beginning of a delimiter may stand at the end
    const known = Math.max(0, text.length - this.delimiter.length + 1);
    this.hash.update(text.subarray(0, known));
    this.#rest = Buffer.from(text.subarray(known));
  }

  end(): string {
    return this.hash.copy().update(this.#rest).digest("hex");
  }
}
