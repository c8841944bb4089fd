import { writeFile } from "node:fs/promises";
import { cutMedia, inspectMedia, playSpeech } from "./media-cut";
import type { MediaTask } from "./media-process";
import { toWav } from "./media-pcm";
import { writeAnswer } from "./run-child";

/** Does one task with a recording, told by the first argument, and writes its result as JSON. Run by media-process.ts. */
async function main(): Promise<void> {
  const task = JSON.parse(process.argv[2] ?? "{}") as MediaTask;
  writeAnswer(await run(task).catch(() => null));
}

async function run(task: MediaTask): Promise<unknown> {
  if (task.task === "inspect") return inspectMedia(task.path);
  if (task.task === "cut") return cutMedia(task.path, task.folder, task.limits);
  const parts: Int16Array[] = [];
  for await (const part of playSpeech(task.path)) parts.push(part);
  const samples = new Int16Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    samples.set(part, at);
    at += part.length;
  }
  await writeFile(task.target, toWav(samples));
  return true;
}

await main();
