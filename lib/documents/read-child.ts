import { readFile } from "./formats/read-file";
import { Refusal } from "./formats/reading";
import { writeAnswer } from "./run-child";

/**
 * Reads a file from standard input, named by the first argument, and writes a `Reading`, or `{code, message}`, as JSON.
 * Run by read-in-child.ts, which kills it when it takes too much.
 */
async function main(): Promise<void> {
  const parts: Buffer[] = [];
  for await (const part of process.stdin) parts.push(part as Buffer);
  const answer = await read({ bytes: Buffer.concat(parts), fileName: process.argv[2] ?? "untitled" });
  writeAnswer(answer);
}

async function read(file: Parameters<typeof readFile>[0]): Promise<object> {
  try {
    return await readFile(file);
  } catch (error) {
    if (error instanceof Refusal) return { code: error.code, message: error.message };
    // whatever a parser throws at a file is said of the file
    return { code: "unreadable", message: `${file.fileName} is damaged and cannot be read.` };
  }
}

await main();
