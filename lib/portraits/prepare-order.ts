import { randomInt } from "node:crypto";
import type { Ctx } from "@/lib/auth/context";
import { portraitCost } from "@/lib/billing/charge-portraits";
import { InvalidInputError } from "@/lib/errors";
import type { JsonObject } from "@/lib/json";
import { requireCallback } from "./callback";
import type { Ignored, ImageFile, PortraitEngine, Understood } from "./engine";
import { engineText } from "./engine-text";
import { chooseEngine } from "./engines/choose-engine";
import { type Fetch, readOrderImage } from "./order-image";
import { findPeople, type OrderPerson } from "./order-people";
import { type Size, sizeOf } from "./order-size";
import { type PromptInput, readPromptInput } from "./prompt-input";
import { highestSeed, PromptOptions } from "./prompt-schemas";
import { type ReadTokens, readTokens, unknownFlag } from "./tokens";

/** An order that can be placed as it is. */
export type PreparedOrder = {
  tuneId: number;
  text: string;
  negativeText: string;
  callback: string | null;
  people: OrderPerson[];
  engine: PortraitEngine;
  isMock: boolean;
  count: number;
  seed: number;
  size: Size;
  options: PromptOptions;
  input: ImageFile | null;
  mask: ImageFile | null;
  /** at most, with the markup; micro-USD */
  costMicroUsd: bigint;
  notes: string[];
  understood: Understood[];
  ignored: Ignored[];
};

/** Astria's mock mode. */
const mockBranch = "fast";

/**
 * Reads an order and makes certain that it can be made: people, engine, size, images. Writes nothing.
 *
 * @param tuneId the number in the path: Astria's base model, or a tune
 * @param fields what stands in `prompt`, in any of the forms
 * @throws {InvalidInputError} what is wrong, in words; {AppError} `too_large`, `unreadable`, `unsupported_type` of an image
 */
export async function prepareOrder(
  ctx: Ctx,
  tuneId: number,
  fields: JsonObject,
  fetch?: Fetch,
): Promise<PreparedOrder> {
  const { input: asked, unknown } = readPromptInput(fields);
  const read = readTokens(asked.text);
  const { people, problems, notes } = await findPeople(ctx, read, tuneId);
  const [problem] = [...read.problems, ...problems];
  if (problem !== undefined) throw new InvalidInputError(problem, "prompt.text");
  if (people.length === 0) throw nobody();
  const images = await readImages(ctx, asked, fetch);
  const engine = chooseEngine({
    engine: asked.engine ?? null,
    people: people.length,
    hasInputImage: images.input !== null,
    hasMask: images.mask !== null,
  });
  requireNoLora(read, engine);
  const isMock = people.some(({ tune }) => tune.branch === mockBranch) || (await isMockTune(ctx, tuneId));
  const size = sizeOf({ w: asked.w, h: asked.h, aspectRatio: asked.aspect_ratio ?? asked.ar });
  const count = asked.num_images ?? 1;
  return {
    ...{
      tuneId,
      text: asked.text,
      negativeText: asked.negative_prompt ?? "",
      callback: requireCallback(asked.callback, "prompt.callback"),
    },
    ...{ people, engine, isMock, count, size, ...images },
    seed: asked.seed ?? randomInt(highestSeed + 1),
    options: optionsOf(asked),
    costMicroUsd: isMock ? 0n : portraitCost(engine.costMicroUsd({ count, ...size })),
    notes: [...read.notes, ...notes, ...notesOn(asked, unknown, read)],
    ...(isMock || images.input !== null
      ? { understood: [], ignored: ignoredFlags(read) }
      : foresee(engine, asked, people)),
  };
}

/** What the engine says beforehand that it will follow; with an image to change it depends on that. */
function foresee(engine: PortraitEngine, asked: PromptInput, people: OrderPerson[]) {
  const wish = { negativeText: asked.negative_prompt ?? "", style: asked.style ?? null };
  const { understood, ignored } = engine.read?.({ text: engineText(asked.text, people), ...wish }) ?? noWords;
  return { understood, ignored: [...ignoredFlags(readTokens(asked.text)), ...ignored] };
}

const noWords = { understood: [], ignored: [] };

/** Flags of a text as words that nothing was made of. */
export function ignoredFlags({ flags }: ReadTokens): Ignored[] {
  return flags.map(({ words }) => ({ words, why: unknownFlag }));
}

function nobody(): InvalidInputError {
  const how = "Name a person by the number of a tune, such as <faceid:42:1>; POST /tunes makes one from photos";
  return new InvalidInputError(`The text names nobody. ${how}.`, "prompt.text");
}

/** LoRAs are Astria's own. */
function requireNoLora({ tokens }: ReadTokens, engine: PortraitEngine): void {
  const lora = tokens.find(({ kind }) => kind === "lora");
  if (lora === undefined || engine.id === "astria") return;
  throw new InvalidInputError(
    `The text names a LoRA, “${lora.ref}”, which ${engine.name} has not. Only faceid tokens name a person here.`,
    "prompt.text",
  );
}

async function readImages(ctx: Ctx, asked: PromptInput, fetch?: Fetch) {
  const one = (field: "input_image" | "mask_image") =>
    readOrderImage(ctx, { field, file: asked[field], url: asked[`${field}_url`] }, fetch);
  const input = await one("input_image");
  const mask = await one("mask_image");
  if (mask !== null && input === null) {
    throw new InvalidInputError(
      "A mask says what of an input_image may change: send one with it.",
      "prompt.mask_image",
    );
  }
  return { input, mask };
}

/** The path may name a tune of the caller's own that is in mock mode. */
async function isMockTune({ actor, db }: Ctx, id: number): Promise<boolean> {
  return (await db.tune.count({ where: { id, accountId: actor.accountId, branch: mockBranch } })) > 0;
}

function optionsOf(asked: PromptInput): PromptOptions {
  return PromptOptions.parse({
    super_resolution: asked.super_resolution,
    face_correct: asked.face_correct,
    face_swap: asked.face_swap,
    inpaint_faces: asked.inpaint_faces,
    style: asked.style,
    denoising_strength: asked.denoising_strength,
    cfg_scale: asked.cfg_scale,
    steps: asked.steps,
    controlnet_conditioning_scale: asked.controlnet_conditioning_scale,
    controlnet_txt2img: asked.controlnet_txt2img,
    // two sides are a shape of their own
    aspect_ratio: asked.w !== undefined && asked.h !== undefined ? null : (asked.aspect_ratio ?? asked.ar),
  });
}

function notesOn(asked: PromptInput, unknown: string[], { flags }: ReadTokens): string[] {
  const list = (words: string[]) => words.slice(0, 20).join(", ");
  const hasBoth = asked.w !== undefined && asked.h !== undefined;
  return [
    ...(flags.length === 0
      ? []
      : [`Left out of the text, since flags are not known here: ${list(flags.map(({ words }) => words))}.`]),
    ...(unknown.length === 0 ? [] : [`Nothing was made of these fields: ${list(unknown)}.`]),
    ...(hasBoth && (asked.aspect_ratio ?? asked.ar) !== undefined
      ? ["w and h were followed rather than the aspect ratio."]
      : []),
  ];
}
