import type { Ctx } from "@/lib/auth/context";
import type { Prisma } from "@/lib/db/client";
import { visibleTunes } from "./tune-access";
import type { ReadTokens, Token } from "./tokens";

type TuneRow = Prisma.TuneGetPayload<object>;

/** A person of an order, and where the text names them; a tune is one person however often it is named. */
export type OrderPerson = { tune: TuneRow; strength: number; token: Token | null };

export type OrderPeople = { people: OrderPerson[]; problems: string[]; notes: string[] };

const highestId = 2 ** 31 - 1;
/** Each is looked up, and no engine takes nearly as many. */
const mostNamed = 20;

/**
 * Looks up whom the tokens of a text name: tunes of the caller by number, or by title. Where the text names nobody and
 * stands under a tune of the caller's, that tune is meant.
 *
 * @param pathTuneId the number in the path
 * @returns `problems`: unknown, foreign, expired and ambiguous ones, in sentences
 */
export async function findPeople(ctx: Ctx, read: ReadTokens, pathTuneId: number | null): Promise<OrderPeople> {
  const found: OrderPeople = { people: [], problems: [], notes: [] };
  const named = read.tokens.filter(({ kind }) => kind === "faceid");
  if (named.length > mostNamed) {
    found.problems.push(`The text names people ${named.length} times; ${mostNamed} times is the most.`);
  }
  for (const token of named.slice(0, mostNamed)) {
    const tune = await findTune(ctx, token.ref);
    if (typeof tune === "string") found.problems.push(tune);
    else addPerson(found, { tune, strength: token.strength, token });
  }
  if (read.tokens.length > 0 || read.problems.length > 0 || pathTuneId === null) return found;
  const own = await byNumber(ctx, pathTuneId);
  if (own !== null && problemOf(own) === null) {
    found.people.push({ tune: own, strength: 1, token: null });
    found.notes.push(`The text names nobody, so it was taken to be about tune ${own.id}.`);
  }
  return found;
}

function addPerson(found: OrderPeople, person: OrderPerson): void {
  const known = found.people.find(({ tune }) => tune.id === person.tune.id);
  if (known === undefined) found.people.push(person);
  else if (known.strength !== person.strength) {
    found.notes.push(`Tune ${known.tune.id} is named with two strengths; ${known.strength}, the first, counts.`);
  }
}

/** @returns the tune, or why there is none to be used */
async function findTune(ctx: Ctx, ref: string): Promise<TuneRow | string> {
  if (!/^\d+$/.test(ref)) return byTitle(ctx, ref);
  const id = Number(ref);
  const tune = id > highestId ? null : await byNumber(ctx, id);
  if (tune !== null) return problemOf(tune) ?? tune;
  const over = { AND: [visibleTunes(ctx, { isExpired: true }), { id }] };
  const isOver = id <= highestId && (await ctx.db.tune.count({ where: over })) > 0;
  return isOver
    ? `Tune ${id} has expired: its photos are removed. Make a new one.`
    : `Tune ${ref} was not found among yours.`;
}

async function byTitle(ctx: Ctx, title: string): Promise<TuneRow | string> {
  // without regard to case, PostgreSQL is asked by a pattern
  const named = { title: { equals: title.replace(/[\\%_]/g, "\\$&"), mode: "insensitive" as const } };
  const [tune, other] = await ctx.db.tune.findMany({ where: { AND: [visibleTunes(ctx), named] }, take: 2 });
  if (tune === undefined)
    return `No tune of yours is called “${title}”: put a tune's number in, such as <faceid:42:1>.`;
  if (other !== undefined)
    return `Several tunes of yours are called “${title}”: put the number of the one you mean in.`;
  return problemOf(tune) ?? tune;
}

function byNumber(ctx: Ctx, id: number): Promise<TuneRow | null> {
  return ctx.db.tune.findFirst({ where: { AND: [visibleTunes(ctx), { id }] } });
}

function problemOf({ id, modelType }: TuneRow): string | null {
  return modelType === "faceid" ? null : `Tune ${id} is of the type ${modelType}, not faceid: it has no face to use.`;
}
