import { spawn } from "node:child_process";
import { join } from "node:path";
import { z } from "zod";
import { AppError } from "@/lib/errors";
import { Semaphore } from "./semaphore";

const timeoutMs = 60_000;
const memoryMegabytes = 768;
const maxOutputBytes = 64 * 1024 * 1024;

const Answer = z.union([z.object({ text: z.string(), pages: z.number() }), z.object({ error: z.string() })]);

/** Each child may take its full share of memory: more at once would take the machine's. */
const children = new Semaphore(2);

/**
 * The text of a PDF, page after page.
 *
 * It is parsed in a child process with limits on time and memory: a hostile file can burn minutes of CPU, and must not
 * do so here.
 *
 * @throws {AppError} `unreadable`, saying why: encrypted, damaged, pictures only, over the limits
 */
export async function extractPdfText(bytes: Uint8Array, signal: AbortSignal): Promise<string> {
  const output = await children.run(signal, () =>
    runChild(bytes, AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)])),
  );
  const answer = Answer.safeParse(safeJson(output));
  if (!answer.success) throw unreadable("This PDF took too much time or memory to read.");
  if ("error" in answer.data) throw unreadable(answer.data.error);
  const { text, pages } = answer.data;
  if (!/[\p{L}\p{N}]/u.test(text)) {
    throw unreadable(
      `Its ${pages} ${pages === 1 ? "page is a picture" : "pages are pictures"}; there is no text to read.`,
    );
  }
  return text;
}

function runChild(bytes: Uint8Array, signal: AbortSignal): Promise<string> {
  const script = join(process.cwd(), "lib", "documents", "pdf-child.ts");
  const child = spawn(process.execPath, [`--max-old-space-size=${memoryMegabytes}`, "--import", "tsx", script], {
    stdio: ["pipe", "pipe", "ignore"],
    env: { NODE_ENV: "production" },
    signal,
    killSignal: "SIGKILL",
  });
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let size = 0;
    child.stdout.on("data", (part: Buffer) => {
      size += part.byteLength;
      if (size > maxOutputBytes) child.kill("SIGKILL");
      else parts.push(part);
    });
    child.on("error", (error) => (error.name === "AbortError" ? resolve("") : reject(error)));
    child.on("close", () => resolve(size > maxOutputBytes ? "" : Buffer.concat(parts).toString("utf8")));
    // the child may die before it has read all: that is told by its missing answer
    child.stdin.on("error", () => undefined);
    child.stdin.end(bytes);
  });
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function unreadable(reason: string): AppError {
  return new AppError("unreadable", reason, { param: "file" });
}
