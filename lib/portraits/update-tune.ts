import type { Ctx } from "@/lib/auth/context";
import type { Prisma, Transaction } from "@/lib/db/client";
import { toJson } from "@/lib/db/json";
import { transaction } from "@/lib/db/transaction";
import { AppError, InvalidInputError, NotFoundError } from "@/lib/errors";
import { parse } from "@/lib/http/parse";
import type { JsonObject } from "@/lib/json";
import type { guardedFetch } from "@/lib/net/guarded-fetch";
import { requireCallback } from "./callback";
import { faceOf, whileThereIsTheFace } from "./create-tune";
import { type TakenPhoto, takePhotos } from "./intake";
import { photosOf } from "./intake-photos";
import { expiryFromNow, requireTune, type TuneRow, visibleTunes, withPhotos } from "./tune-access";
import { keepObjects, sweepObjects } from "./tune-orphans";
import { notesOn, personNotes, photoRow, requireGood } from "./tune-photos";
import { mostPhotos, TuneNote, UpdateTuneForm, type UpdateTuneInput } from "./tune-schemas";
import { blank } from "./wire-values";
import { modelOf, readWireForm } from "./wire-form";
import { log } from "@/lib/log";

/**
 * Changes what a request names of a tune, and adds the photos it holds. What is sent empty is taken away.
 *
 * @throws {NotFoundError} the tune; {InvalidInputError} | {AppError} as `createTune`
 */
export async function updateTune(
  ctx: Ctx,
  ref: string,
  request: Request,
  fetch?: typeof guardedFetch,
): Promise<TuneRow> {
  // first: nobody's upload is read for a tune that is not there
  const row = await requireTune(ctx, ref);
  const form = await readWireForm(request);
  try {
    const sent = modelOf(form.body, "tune");
    const { tune: input } = parse(UpdateTuneForm, { tune: sent });
    const data = await changesOf(ctx, input, sent);
    const photos = photosOf(input, fetch);
    requireFew(row.photos.length + photos.length);
    const save = (taken: TakenPhoto[]) => whileThereIsTheFace(() => change(ctx, row.id, data, taken));
    return photos.length === 0 ? await save([]) : await takePhotos(ctx, photos, {}, save);
  } finally {
    await form.dispose();
  }
}

async function changesOf(ctx: Ctx, input: UpdateTuneInput, sent: JsonObject): Promise<Prisma.TuneUncheckedUpdateInput> {
  const isCleared = (field: string) => field in sent && blank(sent[field]) === undefined;
  const { auto_extend } = input;
  return {
    ...(input.title === undefined ? {} : { title: input.title }),
    ...(input.name === undefined && !isCleared("name") ? {} : { name: input.name ?? null }),
    ...(input.branch === undefined && !isCleared("branch") ? {} : { branch: input.branch ?? null }),
    ...(input.token === undefined ? {} : { token: input.token }),
    ...(input.steps === undefined ? {} : { steps: input.steps }),
    ...(input.args === undefined ? {} : { args: input.args }),
    ...(input.face_crop === undefined ? {} : { faceCrop: input.face_crop }),
    ...(input.callback === undefined && !isCleared("callback")
      ? {}
      : { callback: requireCallback(input.callback, "tune.callback") }),
    ...(input.face === undefined && !isCleared("face") ? {} : { faceId: await faceOf(ctx, input.face) }),
    // whoever turns it on means from now on
    ...(auto_extend === undefined
      ? {}
      : { autoExtend: auto_extend, ...(auto_extend ? { expiresAt: expiryFromNow() } : {}) }),
  };
}

function requireFew(count: number): void {
  if (count <= mostPhotos) return;
  throw new InvalidInputError(`A tune has at most ${mostPhotos} photos; this would be ${count}.`, "tune.images");
}

function change(ctx: Ctx, id: number, data: Prisma.TuneUncheckedUpdateInput, taken: TakenPhoto[]): Promise<TuneRow> {
  requireGood(taken);
  return transaction(ctx.db, async (tx) => {
    const row = await lockTune(tx, ctx, id);
    if (taken.length === 0) return tx.tune.update({ where: { id }, data, include: withPhotos });
    requireFew(row.photos.length + taken.length);
    await keepObjects(
      tx,
      taken.map(({ key }) => key),
    );
    const first = (row.photos.at(-1)?.position ?? -1) + 1;
    const added = taken.map((photo, at) => photoRow(photo, first + at));
    const all = [...row.photos, ...added].map(({ fileName, descriptor }, at) => {
      return { name: `photo ${at + 1} (${fileName})`, descriptor };
    });
    const kept = notesOf(row).filter(({ photo }) => photo !== null);
    const notes = toJson([...personNotes(all), ...kept, ...notesOn(taken, row.photos.length)]) as Prisma.InputJsonValue;
    const photos = { createMany: { data: added } };
    return tx.tune.update({ where: { id }, data: { ...data, notes, photos }, include: withPhotos });
  });
}

/** Photos of one tune are counted one request after the other. @throws {NotFoundError} it was deleted meanwhile */
async function lockTune(tx: Transaction, ctx: Ctx, id: number): Promise<TuneRow> {
  await tx.$queryRaw`SELECT id FROM tunes WHERE id = ${id} FOR NO KEY UPDATE`;
  const row = await tx.tune.findFirst({ where: { ...visibleTunes(ctx), id }, include: withPhotos });
  if (row === null) throw new NotFoundError("The tune");
  return row;
}

function notesOf(row: TuneRow): TuneNote[] {
  return TuneNote.array().catch([]).parse(row.notes);
}

/**
 * Takes a photo out of its tune, with all that was measured of it.
 *
 * @throws {NotFoundError}; {AppError} `conflict` a tune without photos is none
 */
export async function deleteTunePhoto(ctx: Ctx, photoId: string): Promise<TuneRow> {
  const photo = await ctx.db.tunePhoto.findFirst({ where: { id: photoId, tune: visibleTunes(ctx) } });
  if (photo === null) throw new NotFoundError("The photo");
  const row = await transaction(ctx.db, async (tx) => {
    const tune = await lockTune(tx, ctx, photo.tuneId);
    const at = tune.photos.findIndex(({ id }) => id === photoId);
    if (at < 0) throw new NotFoundError("The photo");
    if (tune.photos.length === 1) {
      throw new AppError("conflict", "It is the only photo of this tune. Delete the tune, or add another photo first.");
    }
    await tx.tunePhoto.delete({ where: { id: photoId } });
    const left = tune.photos.filter(({ id }) => id !== photoId);
    const people = personNotes(
      left.map(({ fileName, descriptor }, n) => ({ name: `photo ${n + 1} (${fileName})`, descriptor })),
    );
    const others = notesOf(tune).flatMap((note) => {
      if (note.photo === null || note.photo === at + 1) return [];
      return note.photo > at + 1 ? [{ ...note, photo: note.photo - 1 }] : [note];
    });
    const notes = toJson([...people, ...others]) as Prisma.InputJsonValue;
    return tx.tune.update({ where: { id: tune.id }, data: { notes }, include: withPhotos });
  });
  await sweepSoon(ctx);
  return row;
}

/** What was deleted is gone from the store when the caller hears of it, where the store answers; else within a minute. */
export async function sweepSoon({ db }: Ctx): Promise<void> {
  await sweepObjects(db).catch((error: unknown) => log.warn("files are deleted by housekeeping", { error }));
}
