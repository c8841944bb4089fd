import type { Ctx } from "@/lib/auth/context";
import { portraitCost } from "@/lib/billing/charge-portraits";
import { usdFromMicroUsd } from "@/lib/billing/money";
import { AppError } from "@/lib/errors";
import type { PortraitEngine } from "./engine";
import { engineText } from "./engine-text";
import { chooseEngine } from "./engines/choose-engine";
import { findPeople } from "./order-people";
import { defaultSize } from "./order-size";
import type { ReadInput, ReadView } from "./portrait-schemas";
import { type ReadTokens, readTokens, unknownFlag } from "./tokens";

type Place = { start: number | null; end: number | null };

/**
 * What an engine would make of a text. Nothing is made, and nothing refused: what would be is told as `problems`.
 *
 * @throws {InvalidInputError} an engine that is not there
 */
export async function readOrderText(ctx: Ctx, input: ReadInput): Promise<ReadView> {
  const { text, negative_prompt: negativeText, style = null, num_images: count } = input;
  const read = readTokens(text);
  const { people, problems, notes } = await findPeople(ctx, read, null);
  const { engine, problem } = engineFor(input, people.length);
  const names = people.map(({ tune }) => tune.id);
  const order = { text: engineText(text, people), negativeText, style };
  const { understood, ignored } = engine.read?.(order) ?? { understood: [], ignored: [] };
  const find = places(text, read);
  return {
    engine: engine.id,
    understood: understood.map((one) => ({ ...one, ...find(one.words) })),
    ignored: [
      ...ignored.map((one) => ({ ...one, ...find(one.words) })),
      ...read.flags.map((flag) => ({ ...flag, why: unknownFlag })),
    ],
    people: people.map(({ tune, strength, token }) => ({
      ...{ id: tune.id, title: tune.title, strength },
      ...{ start: token?.start ?? null, end: token?.end ?? null },
    })),
    problems: [
      ...read.problems,
      ...problems,
      ...(names.length === 0 && read.problems.length + problems.length === 0 ? ["The text names nobody."] : []),
      ...(problem === null ? [] : [problem]),
    ],
    notes: [...read.notes, ...notes],
    cost_usd: usdFromMicroUsd(portraitCost(engine.costMicroUsd({ count, ...defaultSize }))),
  };
}

/** The engine that is asked for, and why it would refuse so many people. */
function engineFor(input: ReadInput, people: number): { engine: PortraitEngine; problem: string | null } {
  const wish = { engine: input.engine ?? null, hasInputImage: false, hasMask: false };
  const engine = chooseEngine({ ...wish, people: 0 });
  try {
    return { engine: chooseEngine({ ...wish, people }), problem: null };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { engine, problem: error.message };
  }
}

/** Finds words where they stand in the text, one after the other, and never inside a token. */
function places(text: string, { tokens, flags }: ReadTokens): (words: string) => Place {
  let rest = text.toLowerCase();
  for (const { start, end } of [...tokens, ...flags]) rest = blanked(rest, start, end);
  // in a few scripts a small letter is longer than its capital: then places would not fit
  if (rest.length !== text.length) return () => ({ start: null, end: null });
  return (words) => {
    const start = rest.indexOf(words.toLowerCase());
    if (start === -1 || words === "") return { start: null, end: null };
    const end = start + words.length;
    rest = blanked(rest, start, end);
    return { start, end };
  };
}

function blanked(text: string, start: number, end: number): string {
  return text.slice(0, start) + "\0".repeat(end - start) + text.slice(end);
}
