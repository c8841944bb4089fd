import { type Prisma } from "@/lib/db/generated/client";
import { newId } from "@/lib/ids";
import type { JobContext } from "@/lib/jobs/define-job";
import { PermanentJobError } from "@/lib/jobs/job-errors";
import { store } from "@/lib/storage/store";
import { infer } from "@/lib/studio/inference";
import { smallKeyOf } from "@/lib/storage/signed-file";
import type {
  ImageFile,
  Ignored,
  Made,
  MadeImage,
  OrderMemory,
  Person,
  PortraitEngine,
  PortraitOrder,
  Understood,
} from "./engine";
import { engineText } from "./engine-text";
import { engineOf } from "./engines";
import { loadFile, loadPeople, type OrderRow } from "./make-order";
import { keepRemoteId } from "./make-remote";
import { mockEngine } from "./mock-engine";
import { shrinkMock } from "./mock-image";
import { highestSeed, PromptOptions } from "./prompt-schemas";
import { studioEngine } from "./studio-engine";
import { announceObject } from "./tune-orphans";

/** An image that lies in the store already. */
export type StoredImage = {
  id: string;
  storageKey: string;
  mimeType: string;
  width: number;
  height: number;
  byteSize: number;
  seed: number;
  identityScore: number | null;
};

/** What one call of an engine made, as it is kept until the order is whole. */
export type Piece = {
  images: StoredImage[];
  understood: Understood[];
  ignored: Ignored[];
  notes: string[];
  remoteIds: Record<string, string>;
};

const pieceTimeoutMs = 60_000;

/**
 * Makes all images of an order, piece by piece: one image at a time where they are made here, all at once elsewhere.
 * A piece that an earlier attempt stored is taken from there.
 */
export async function makePieces(job: JobContext, order: OrderRow, signal: AbortSignal): Promise<Piece[]> {
  const engine = engineFor(order);
  const isLocal = engine === studioEngine || engine === mockEngine;
  const size = isLocal ? 1 : order.count;
  let loaded: Loaded | null = null;
  const pieces: Piece[] = [];
  for (let from = 0; from < order.count; from += size) {
    const piece = await job.step(`piece ${from}`, async () => {
      loaded ??= await load(order, isLocal, signal);
      return makePiece({ job, order, engine, loaded, from, count: size, signal });
    });
    pieces.push(piece);
  }
  return pieces;
}

function engineFor(order: OrderRow): PortraitEngine {
  const engine = order.isMock ? mockEngine : engineOf(order.engine);
  if (engine !== null) return engine;
  throw new PermanentJobError(`The engine ${order.engine} is not configured on this installation any more.`);
}

type Loaded = { people: Person[]; input: ImageFile | null; mask: ImageFile | null };

async function load(order: OrderRow, isLocal: boolean, signal: AbortSignal): Promise<Loaded> {
  if (order.isMock) return { people: [], input: null, mask: null };
  const image = async (key: string | null) => {
    if (key === null) return null;
    const file = await loadFile(key, "application/octet-stream", signal);
    // what a stranger sent leaves the inference process as pixels of our own making only
    return isLocal
      ? file
      : infer("shrink", { bytes: file.bytes, maxSide: 2048, format: "png" }, { signal, timeoutMs: pieceTimeoutMs });
  };
  return {
    people: await loadPeople(order, signal),
    input: await image(order.inputKey),
    mask: await image(order.maskKey),
  };
}

type Work = {
  job: JobContext;
  order: OrderRow;
  engine: PortraitEngine;
  loaded: Loaded;
  from: number;
  count: number;
  signal: AbortSignal;
};

async function makePiece(work: Work): Promise<Piece> {
  const { job, order, engine, loaded, signal } = work;
  const made = await engine.generate(toEngineOrder(work));
  if (made.images.length === 0) throw new PermanentJobError(`${engine.name} made no image.`);
  job.progress({ done: progressAt(work, 0.95), stage: "scoring" });
  const images: StoredImage[] = [];
  for (const image of made.images.slice(0, work.count))
    images.push(await keep(job, order, loaded.people, image, signal));
  const { understood, ignored, notes, remoteIds = {} } = made;
  return { images, understood, ignored, notes, remoteIds };
}

function toEngineOrder(work: Work): PortraitOrder {
  const { job, order, loaded, from, count, signal } = work;
  return {
    promptId: order.id,
    text: engineText(order.text, order.references),
    negativeText: order.negativeText,
    ...loaded,
    count,
    seed: (Number(order.seed) + from) % 2 ** 32,
    width: order.width,
    height: order.height,
    options: PromptOptions.parse(order.options),
    signal,
    memory: memoryOf(job, order),
    onRemoteId: (tuneId, remoteId) =>
      job.transaction((tx) => keepRemoteId(tx, { tuneId, engine: order.engine, remoteId })),
    onProgress: (done, stage) => job.progress({ done: progressAt(work, done * 0.9), stage }),
  };
}

/** @param part how much of this piece is done, 0 to 1 */
function progressAt({ order, from, count }: Work, part: number): number {
  return Math.min(0.99, (from + count * Math.min(1, Math.max(0, part))) / order.count);
}

function memoryOf(job: JobContext, order: OrderRow): OrderMemory {
  const { id } = order;
  return {
    load: async () => (await job.db.prompt.findUnique({ where: { id } }))?.engineMemory ?? null,
    save: async (value) => {
      const engineMemory = JSON.parse(JSON.stringify(value)) as Prisma.InputJsonValue;
      // also here: the row may be gone when the order ends
      order.engineMemory = engineMemory as OrderRow["engineMemory"];
      await job.transaction((tx) => tx.prompt.updateMany({ where: { id }, data: { engineMemory } }));
    },
  };
}

/** Measures an image, makes its preview, and stores both. */
async function keep(
  job: JobContext,
  order: OrderRow,
  people: Person[],
  image: Made["images"][number],
  signal: AbortSignal,
): Promise<StoredImage> {
  const options = { signal, timeoutMs: pieceTimeoutMs };
  const small = order.isMock ? await shrinkMock(image.bytes) : await infer("shrink", { bytes: image.bytes }, options);
  const id = newId("portrait");
  const storageKey = `portraits/made/${id}`;
  await announceObject(job.db, storageKey);
  await store().put(storageKey, image.bytes, { contentType: image.mimeType, signal });
  await store().put(smallKeyOf(storageKey), small.bytes, { contentType: small.mimeType, signal });
  const { mimeType, width, height, bytes } = image;
  // an engine elsewhere may tell no number, or none that can be one
  const seed = image.seed >= 0 && image.seed <= highestSeed ? Math.floor(image.seed) : Number(order.seed);
  const identityScore = await scoreOf(image, people, options);
  return { id, storageKey, mimeType, width, height, byteSize: bytes.byteLength, seed, identityScore };
}

/** Of several people the one that is met worst tells. @returns null where a face is missing */
async function scoreOf(image: MadeImage, people: Person[], options: { signal: AbortSignal; timeoutMs: number }) {
  if (people.length === 0) return null;
  const descriptors = people.map(({ photos }) => photos.map(({ descriptor }) => descriptor));
  const { scores } = await infer("score", { bytes: image.bytes, people: descriptors }, options);
  const found = scores.filter((score) => score !== null);
  return found.length < people.length ? null : Math.min(...found);
}
