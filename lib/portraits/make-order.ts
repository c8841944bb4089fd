import { z } from "zod";
import type { DbOrTransaction, Prisma } from "@/lib/db/client";
import { PermanentJobError } from "@/lib/jobs/job-errors";
import { readObject } from "@/lib/storage/read-object";
import { descriptorOfBytes } from "@/lib/vision/descriptor-bytes";
import { FaceReading } from "@/lib/vision/face-reading";
import type { ImageFile, Person } from "./engine";

const everything = {
  references: {
    orderBy: { position: "asc" },
    include: { tune: { include: { photos: { orderBy: { position: "asc" } } } } },
  },
} satisfies Prisma.PromptInclude;

/** An order with its people and their photos. */
export type OrderRow = Prisma.PromptGetPayload<{ include: typeof everything }>;
type Reference = OrderRow["references"][number];

export function findOrder(db: DbOrTransaction, promptId: number): Promise<OrderRow | null> {
  return db.prompt.findUnique({ where: { id: promptId }, include: everything });
}

/** The people of an order with their photos, as an engine takes them. */
export async function loadPeople(order: OrderRow, signal: AbortSignal): Promise<Person[]> {
  const people: Person[] = [];
  for (const reference of order.references) people.push(await loadPerson(reference, order.engine, signal));
  return people;
}

async function loadPerson({ tune, strength }: Reference, engine: string, signal: AbortSignal): Promise<Person> {
  if (tune.photos.length === 0) throw new PermanentJobError(`Tune ${tune.id} has no photos any more.`);
  const photos: Person["photos"] = [];
  for (const { storageKey, mimeType, reading, descriptor } of tune.photos) {
    const file = await loadFile(storageKey, mimeType, signal);
    photos.push({ ...file, reading: FaceReading.parse(reading), descriptor: descriptorOfBytes(descriptor) });
  }
  const { [engine]: copies = [] } = RemoteIds.parse(tune.remoteIds);
  const remoteId = [copies].flat()[0] ?? null;
  return { tuneId: tune.id, title: tune.title, noun: tune.name, strength, photos, remoteId };
}

/** Numbers of a tune by engine; of one, or several where two orders were first at once. */
const RemoteIds = z.record(z.string(), z.union([z.string(), z.array(z.string())]));

export async function loadFile(key: string, mimeType: string, signal: AbortSignal): Promise<ImageFile> {
  return { bytes: await readObject(key, signal), mimeType };
}
