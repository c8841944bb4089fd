import type { Ctx } from "@/lib/auth/context";
import type { Prisma } from "@/lib/db/client";
import { toJson } from "@/lib/db/json";
import { isMissingReference, transaction } from "@/lib/db/transaction";
import { AppError, ForbiddenError, InvalidInputError } from "@/lib/errors";
import { limitedFaces, requireFace } from "@/lib/faces/require-face";
import { parse } from "@/lib/http/parse";
import type { guardedFetch } from "@/lib/net/guarded-fetch";
import { inAccountTurn } from "./account-turns";
import { announce, requireCallback } from "./callback";
import { consentOf } from "./consent";
import { type TakenPhoto, takePhotos } from "./intake";
import { photosOf } from "./intake-photos";
import { placePrompts } from "./tune-prompts";
import { expiryFromNow, type TuneRow, withPhotos } from "./tune-access";
import { keepObjects } from "./tune-orphans";
import { notesOn, personNotes, photoRow, requireGood } from "./tune-photos";
import { CreateTuneForm, type CreateTuneInput } from "./tune-schemas";
import { modelOf, readWireForm } from "./wire-form";

const modelType = "faceid";
const defaultToken = "ohwx";

export type CreateTuneOptions = {
  /** consent was asked for there, and has to be in the request */
  isOnPage?: boolean;
  /** tests bring their own */
  fetch?: typeof guardedFetch;
};

/**
 * Makes a tune of the photos in a request: multipart, urlencoded or JSON. It is ready at once. Nothing is kept unless
 * all of its photos can be used.
 *
 * @throws {InvalidInputError} what is wrong: a field, or which photo and why
 * @throws {NotFoundError} the face; {ForbiddenError} the key is limited to other faces
 * @throws {AppError} `too_large`, `unsupported_type`, `unreadable` of a photo; `rate_limited`; `unavailable` no worker
 */
export async function createTune(ctx: Ctx, request: Request, options: CreateTuneOptions = {}): Promise<TuneRow> {
  const form = await readWireForm(request);
  try {
    const { tune: input } = parse(CreateTuneForm, { tune: modelOf(form.body, "tune") });
    const columns = await columnsOf(ctx, input, options.isOnPage ?? false);
    const photos = photosOf(input, options.fetch);
    if (photos.length === 0) {
      throw new InvalidInputError("Send at least one photo, as images or image_urls.", "tune.images");
    }
    const prompts = input.prompts_attributes ?? [];
    const row = await takePhotos(ctx, photos, {}, (taken) =>
      whileThereIsTheFace(() => insert(ctx, columns, taken, prompts.length === 0)),
    );
    if (prompts.length > 0) await inAccountTurn(ctx, () => placePrompts(ctx, row, prompts, options.fetch));
    return row;
  } finally {
    await form.dispose();
  }
}

type Columns = Omit<Prisma.TuneUncheckedCreateInput, "notes" | "photos" | "expiresAt">;

async function columnsOf(ctx: Ctx, input: CreateTuneInput, isOnPage: boolean): Promise<Columns> {
  const { model_type, consent } = input;
  if (model_type !== undefined && model_type.toLowerCase() !== modelType) {
    const sentence = `model_type can only be ${modelType} here: nothing is trained.`;
    throw new InvalidInputError(sentence, "tune.model_type");
  }
  if (isOnPage && consent === undefined) {
    throw new InvalidInputError("Say that the person in the photos agrees to their use.", "tune.consent");
  }
  return {
    accountId: ctx.actor.accountId,
    faceId: await faceOf(ctx, input.face),
    title: input.title,
    name: input.name ?? null,
    token: input.token ?? defaultToken,
    modelType,
    branch: input.branch ?? null,
    baseTuneId: input.base_tune_id ?? null,
    callback: requireCallback(input.callback, "tune.callback"),
    steps: input.steps ?? null,
    faceCrop: input.face_crop ?? null,
    args: input.args ?? null,
    isApi: ctx.actor.credential.kind === "key",
    consent: await consentOf(ctx, consent, isOnPage),
    autoExtend: input.auto_extend ?? false,
  };
}

/** The face that a tune belongs to. @throws {InvalidInputError} | {ForbiddenError} as `createTune` */
export async function faceOf(ctx: Ctx, ref: string | undefined): Promise<string | null> {
  if (ref === undefined) {
    if (limitedFaces(ctx) === null) return null;
    throw new ForbiddenError("This API key is limited to some faces: say in tune[face] which one the photos are of.");
  }
  try {
    return (await requireFace(ctx, ref)).id;
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") {
      throw new InvalidInputError(`There is no face ${ref}.`, "tune.face");
    }
    throw error;
  }
}

/** Photos take a while: what they are of may be deleted meanwhile. @throws {InvalidInputError} it was */
export async function whileThereIsTheFace<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!isMissingReference(error)) throw error;
    throw new InvalidInputError("The face was deleted meanwhile.", "tune.face");
  }
}

async function insert(ctx: Ctx, columns: Columns, taken: TakenPhoto[], isReady: boolean): Promise<TuneRow> {
  requireGood(taken);
  const photos = taken.map((photo, position) => photoRow(photo, position));
  const people = personNotes(photos.map(({ descriptor }, at) => ({ name: taken[at]?.name ?? "", descriptor })));
  const notes = toJson([...people, ...notesOn(taken)]) as Prisma.InputJsonValue;
  return transaction(ctx.db, async (tx) => {
    await keepObjects(
      tx,
      taken.map(({ key }) => key),
    );
    const data = { ...columns, notes, expiresAt: expiryFromNow() };
    const row = await tx.tune.create({
      data: { ...data, photos: { createMany: { data: photos } } },
      include: withPhotos,
    });
    if (isReady) await announceTune(tx, row);
    return row;
  });
}

/** Tells the callback of a tune that it is ready. */
export function announceTune(tx: Parameters<typeof announce>[0], row: TuneRow): Promise<void> {
  return announce(tx, { accountId: row.accountId, kind: "tune", subjectId: row.id, url: row.callback });
}
