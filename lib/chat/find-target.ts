import type { Ctx } from "@/lib/auth/context";
import { rowCache } from "@/lib/auth/memory";
import { AppError, ForbiddenError, InvalidInputError } from "@/lib/errors";
import { type Composite, isComposite, voiceOf } from "@/lib/faces/parts";
import { type FaceRow, findRememberedFace } from "@/lib/faces/require-face";
import {
  findModel,
  lookForNewModels,
  modelNotFound,
  modelOfFace,
  modelsKnown,
  resolveModel,
  type ServedModel,
  servedSentence,
} from "@/lib/models/catalogue";
import { listNames } from "@/lib/models/name-models";

/** A face as it answers; `pinnedVersion` null: as it is now. */
export type TargetFace = FaceRow & { pinnedVersion: number | null };

/** Who answers: a model, and the face it speaks as, if any. */
export type Target = { face: TargetFace | null; model: ServedModel };

const maxVersionsInMemory = 10_000;

const faceName = /^[a-z0-9_-]+$/;
/** `alice#7`: a version of a face. */
const pinnedName = /^([a-z0-9_-]+)#(\d{1,9})$/;

/**
 * Splits `alice@some/model@v2` at its first `@`.
 *
 * @returns `override` null when no model is named behind the face
 */
export function splitModelName(name: string): { face: string; override: string | null } {
  const at = name.indexOf("@");
  return at === -1 ? { face: name, override: null } : { face: name.slice(0, at), override: name.slice(at + 1) };
}

/**
 * What the `model` of a request means: `alice`, `alice@model`, `alice#7` for a version of hers, or a model alone.
 *
 * A face of the caller wins over a model of the same name, so that a new model never replaces a persona. The model is
 * the override, else the face's default, else the installation's.
 *
 * @throws {AppError} `not_found` no such face, `model_not_found` naming what is served, `forbidden` by the key's limits
 */
export async function findTarget(ctx: Ctx, name: string): Promise<Target> {
  const known = modelsKnown();
  if (known !== null) await known;
  const target = await findAny(ctx, name).catch(async (error: unknown) => {
    const isUnknown = error instanceof AppError && (error.code === "model_not_found" || error.code === "not_found");
    if (!isUnknown || !(await lookForNewModels())) throw error;
    return findAny(ctx, name);
  });
  requireKeyAllowsModel(ctx, target.model);
  return target;
}

async function findAny(ctx: Ctx, name: string): Promise<Target> {
  const { face: ref, override } = splitModelName(name);
  // models of some servers carry an @ themselves
  if (override !== null && !faceName.test(ref) && !pinnedName.test(ref))
    return { face: null, model: resolveModel(name) };
  const face = await findFace(ctx, ref);
  if (face === null) return { face, model: bareModel(name, override) };
  if (override === "") throw noModelNamed(name);
  if (override !== null) return { face, model: resolveModel(override) };
  return { face, model: modelOfFace(face) };
}

function noModelNamed(name: string): AppError {
  const sentence = `${name} names no model behind its @. Leave the @ out for the face's own model. ${servedSentence("")}`;
  return new AppError("model_not_found", sentence, { param: "model" });
}

function bareModel(name: string, override: string | null): ServedModel {
  const model = findModel(name);
  if (model !== null) return model;
  const { face } = splitModelName(name);
  if (override === null && !faceName.test(name) && !pinnedName.test(name)) throw modelNotFound(name);
  const hint = override === null ? `, and no model of that name is served. ${servedSentence(name)}` : ".";
  throw new AppError("not_found", `You have no face called ${face.replace(/#.*$/u, "")}${hint}`, { param: "model" });
}

/** @throws {AppError} `not_found` the face is there, its version is not */
async function findFace(ctx: Ctx, ref: string): Promise<TargetFace | null> {
  const [, pinnedRef, number] = pinnedName.exec(ref) ?? [];
  const name = pinnedRef ?? ref;
  const face = faceName.test(name) ? await findRememberedFace(ctx, name) : null;
  if (face !== null && isComposite(face)) return compositeTarget(ctx, face, number);
  if (face === null || number === undefined) return face && { ...face, pinnedVersion: null };
  const pinnedVersion = Number(number);
  if (await hasVersion(ctx, face.id, pinnedVersion)) return { ...face, pinnedVersion };
  const newest = face.version === 0 ? "It has none yet." : `The newest is ${face.version}.`;
  throw new AppError("not_found", `${pinnedRef} has no version ${number}. ${newest}`, { param: "model" });
}

/** It speaks like its leftmost part. @throws {InvalidInputError} a version is asked for, and it has none */
async function compositeTarget(ctx: Ctx, face: FaceRow & Composite, number: string | undefined): Promise<TargetFace> {
  if (number === undefined) return { ...face, voice: await voiceOf(ctx.db, face), pinnedVersion: null };
  throw new InvalidInputError(
    `${face.username} is made of other faces and follows them: it has no version ${number}.`,
    "model",
  );
}

function hasVersion({ db }: Ctx, faceId: string, number: number): Promise<boolean> {
  return rowCache<boolean>("versions of faces", maxVersionsInMemory).read(
    `${faceId} ${number}`,
    async () => (await db.faceVersion.count({ where: { faceId, number } })) > 0,
    // one that is not there yet may come
    (isThere) => (isThere ? [`face_versions ${faceId}`] : null),
  );
}

/** Whether the caller's key may use a model. */
export function isModelAllowed(ctx: Ctx, model: ServedModel): boolean {
  const { credential } = ctx.actor;
  if (credential.kind !== "key" || credential.allowedModels.length === 0) return true;
  // a key may name a server's model by another of its names
  return credential.allowedModels.some((name) => name === model.id || findModel(name)?.id === model.id);
}

/** @throws {ForbiddenError} naming the models that the key may use */
export function requireKeyAllowsModel(ctx: Ctx, model: ServedModel): void {
  if (isModelAllowed(ctx, model)) return;
  const { credential } = ctx.actor;
  const allowed = credential.kind === "key" ? listNames(credential.allowedModels, model.id) : "";
  throw new ForbiddenError(`This API key may not use ${model.id}. It may use: ${allowed}.`);
}
