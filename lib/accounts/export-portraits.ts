import type { Readable } from "node:stream";
import type { Db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { toPromptViews } from "@/lib/portraits/prompt-view";
import { withPhotos } from "@/lib/portraits/tune-access";
import { toTuneDetail } from "@/lib/portraits/tune-view";
import { store } from "@/lib/storage/store";
import { fileName, json, textPieces } from "./export-parts";
import type { ZipEntry } from "./zip";

const rowsAtOnce = 20;
const endings: Record<string, string> = { "image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp" };

type Input = { accountId: string; signal: AbortSignal };

/** The people of an account with their photos, and its orders with what was made, as files of an export. */
export async function* portraitEntries(db: Db, input: Input): AsyncGenerator<ZipEntry> {
  const { accountId } = input;
  for (let after = 0; ;) {
    const where = { accountId, id: { gt: after } };
    const tunes = await db.tune.findMany({ where, orderBy: { id: "asc" }, take: rowsAtOnce, include: withPhotos });
    for (const tune of tunes) yield* tuneEntries(tune, input.signal);
    after = tunes.at(-1)?.id ?? after;
    if (tunes.length < rowsAtOnce) break;
  }
  for (let after = 0; ;) {
    const where = { accountId, id: { gt: after } };
    const prompts = await db.prompt.findMany({ where, orderBy: { id: "asc" }, take: rowsAtOnce });
    for (const prompt of prompts) yield* promptEntries(db, prompt, input.signal);
    after = prompts.at(-1)?.id ?? after;
    if (prompts.length < rowsAtOnce) break;
  }
}

type Tune = Parameters<typeof toTuneDetail>[0];

async function* tuneEntries(tune: Tune, signal: AbortSignal): AsyncGenerator<ZipEntry> {
  const folder = `portraits/people/${tune.id}`;
  const descriptors = tune.photos.map(({ id, descriptor }) => ({
    id,
    descriptor: Buffer.from(descriptor).toString("base64"),
  }));
  yield { name: `${folder}/person.json`, content: json({ ...toTuneDetail(tune), descriptors }) };
  for (const { position, storageKey, mimeType, fileName: label } of tune.photos) {
    const name = `${position + 1}-${fileName(label).replace(/\.[a-z0-9]{1,5}$/iu, "")}${endings[mimeType] ?? ""}`;
    yield* image(`${folder}/${name}`, storageKey, signal);
  }
}

type Prompt = Parameters<typeof toPromptViews>[1][number] & { inputKey: string | null; maskKey: string | null };

async function* promptEntries(db: Db, prompt: Prompt, signal: AbortSignal): AsyncGenerator<ZipEntry> {
  const folder = `portraits/orders/${prompt.id}`;
  const [view] = await toPromptViews(db, [prompt]);
  const portraits = await db.portrait.findMany({ where: { promptId: prompt.id }, orderBy: { position: "asc" } });
  yield { name: `${folder}/order.json`, content: json(view) };
  if (prompt.inputKey !== null) yield* image(`${folder}/input-image`, prompt.inputKey, signal);
  if (prompt.maskKey !== null) yield* image(`${folder}/mask-image`, prompt.maskKey, signal);
  for (const { position, storageKey, mimeType } of portraits) {
    yield* image(`${folder}/${position + 1}${endings[mimeType] ?? ""}`, storageKey, signal);
  }
}

async function* image(name: string, storageKey: string, signal: AbortSignal): AsyncGenerator<ZipEntry> {
  const content = await openFile(storageKey, signal);
  // what cannot be opened must not keep the rest from coming
  yield content === null
    ? { name: `${name}.MISSING.txt`, content: textPieces("The file was not in the store any more.\n") }
    : { name, content, isCompressed: true, isLarge: true };
}

async function openFile(key: string, signal: AbortSignal): Promise<Readable | null> {
  try {
    return await store().get(key, { signal });
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") return null;
    throw error;
  }
}
