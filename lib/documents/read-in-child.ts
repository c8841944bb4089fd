import { z } from "zod";
import { AppError } from "@/lib/errors";
import type { ReadingWithSpeakers, SourceFile } from "./formats/reading";
import { runChild } from "./run-child";
import { Semaphore } from "./semaphore";

const limits = { timeoutMs: 30_000, maxResidentBytes: 1024 * 1024 * 1024, maxOutputBytes: 80 * 1024 * 1024 };

const Answer = z.union([
  z.object({ code: z.enum(["unreadable", "unsupported_type", "too_large"]), message: z.string() }),
  z.object({
    format: z.string(),
    mimeType: z.string(),
    text: z.string(),
    kind: z.enum(["document", "thread", "transcript"]),
    notes: z.array(z.object({ code: z.string(), message: z.string() })),
    speakers: z.array(
      z.object({ name: z.string(), turns: z.number(), words: z.number(), sample: z.array(z.string()) }),
    ),
  }),
]);

const children = new Semaphore(2);

/**
 * Reads a file in a child process, with limits on time, memory and output: a hostile file can burn minutes of CPU and
 * gigabytes, and must not do so here. At most two run at once; the child dies with the request.
 *
 * @throws {AppError} `unreadable`, `unsupported_type`, `too_large`, saying why
 */
export async function readInChild(file: SourceFile, signal: AbortSignal): Promise<ReadingWithSpeakers> {
  const work = { script: "read-child.ts", argument: file.fileName, input: file.bytes, children, ...limits } as const;
  const answer = Answer.safeParse(await runChild(work, signal));
  if (!answer.success) {
    const sentence = `${file.fileName} took too much time or memory to read. Upload its text by itself, or in parts.`;
    throw new AppError("unreadable", sentence, { param: "file" });
  }
  if ("code" in answer.data) throw new AppError(answer.data.code, answer.data.message, { param: "file" });
  return answer.data;
}
