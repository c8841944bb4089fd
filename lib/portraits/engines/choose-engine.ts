import { env, type Env } from "@/lib/env";
import { InvalidInputError } from "@/lib/errors";
import { imageProviders } from "@/lib/portrait-settings";
import type { PortraitEngine } from "../engine";
import { engineOf, engines } from "../engines";

/** What an order asks of an engine. */
export type EngineWish = {
  /** as the caller wrote it; null for the installation's own */
  engine: string | null;
  people: number;
  hasInputImage: boolean;
  hasMask: boolean;
};

const ofProviders = ["astria", "comfyui", ...imageProviders];
const numbers = ["nobody", "one person", "two people", "three people", "four people"];

/**
 * The engine of an order, once it is certain that it can do what is asked.
 *
 * @throws {InvalidInputError} it is unknown or not configured, with those that are; it makes no images of so many
 *   people, changes no images, or takes no mask, with those that do. `param` is the field at fault.
 */
export function chooseEngine(wish: EngineWish, settings: Env = env()): PortraitEngine {
  const name = wish.engine?.trim() ?? "";
  const engine = engineOf(name === "" ? settings.PORTRAIT_ENGINE : name, settings);
  if (engine === null) throw unknown(name === "" ? settings.PORTRAIT_ENGINE : name, settings);
  const { capabilities } = engine;
  const refused = (param: string, what: string, others: (one: PortraitEngine) => boolean) => {
    const able = engines(settings).filter((one) => one !== engine && others(one));
    const advice = able.length === 0 ? "" : ` These do: ${able.map(({ id }) => id).join(", ")}.`;
    return new InvalidInputError(`${engine.name} ${what}.${advice}`, param);
  };
  if (wish.people > capabilities.people) {
    const most = numbers[capabilities.people] ?? `${capabilities.people} people`;
    const what = `makes images of ${most} and the text names ${wish.people}`;
    throw refused("text", what, (one) => one.capabilities.people >= wish.people);
  }
  if (wish.hasInputImage && !capabilities.inputImage) {
    throw refused("input_image", "changes no images", (one) => one.capabilities.inputImage);
  }
  if (wish.hasMask && !capabilities.mask) {
    throw refused("mask_image", "takes no mask", (one) => one.capabilities.mask);
  }
  return engine;
}

function unknown(name: string, settings: Env): InvalidInputError {
  const available = engines(settings).map(({ id }) => id);
  const isKnown = ofProviders.some((one) => name.toLowerCase() === one || name.toLowerCase().startsWith(`${one}/`));
  const what = isKnown ? `${name} is not configured on this installation` : `There is no engine ${name} here`;
  return new InvalidInputError(`${what}. Available: ${available.join(", ")}.`, "engine");
}
