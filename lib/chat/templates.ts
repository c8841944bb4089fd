import type { Ctx } from "@/lib/auth/context";
import { ForbiddenError, InvalidInputError } from "@/lib/errors";
import { findReadableFaces } from "@/lib/faces/find-readable-faces";
import { type FaceRow, requireKeyAllows } from "@/lib/faces/require-face";
import { retrieve } from "@/lib/retrieve/retrieve";
import type { ChatMessage } from "./schemas";
import { displayName, type PlacedFace, profileText, profileTokens } from "./templates-profile";

/** A face that messages name by `${username}`, and what is told of it: quoted material, bounded. */
export type Profile = { face: FaceRow; text: string };

export type Expanded = { messages: ChatMessage[]; profiles: Profile[] };

/**
 * `${alice}`, `${face_…}` or `${alice#7}`, and the backslash that keeps it as it stands. Nothing else is a template:
 * `${HOME}` or `${a.b}` can name no face and belongs to the text.
 */
const template = /(\\?)\$\{((?:[a-z0-9-]{1,32}|face_[0-9a-z]{26})(?:#\d{1,9})?)\}/gu;

/** More profiles would leave no room for any of them. */
export const maxNamed = 10;
/** A name is at most 100 characters: a message cannot be made to grow without bound. */
export const maxTemplates = 1_000;

/** Whose words are templates: tools and functions answer with data, which is never touched. */
const expandedRoles: ReadonlySet<string> = new Set(["system", "developer", "user", "assistant"]);

/**
 * Replaces `${username}` in messages by that face's name, and tells its profile, once for each face, in the order in
 * which they are named. `\${x}` becomes `${x}`. What is put in is not looked at again: neither a name nor a profile
 * that holds a template is expanded.
 *
 * A model's own earlier answer may hold code such as `${i}`: in assistant messages, what names no face stays as it is.
 *
 * @throws {InvalidInputError} a name is no face of the caller's; too many faces are named
 * @throws {ForbiddenError} the API key is limited to other faces
 */
export async function expandTemplates(
  ctx: Ctx,
  messages: readonly ChatMessage[],
  find: typeof retrieve = retrieve,
): Promise<Expanded> {
  const names = namesIn(messages);
  const faces = await requireNamed(ctx, names);
  requireFew(messages, faces);
  const expanded = messages.map((message) => expandMessage(message, faces));
  const placed = [...new Map([...faces.values()].map((face) => [`${face.id}#${face.pinnedVersion}`, face])).values()];
  // an assistant may have named more
  const told = placed.slice(0, maxNamed);
  const budget = profileTokens(told.length);
  const profiles = await Promise.all(
    told.map(async (face) => ({ face, text: await profileText(ctx, face, { budget, find }) })),
  );
  return { messages: expanded, profiles };
}

/** A text that stays as it stands when templates are expanded: for words of people who may name no faces. */
export function keptTemplates(text: string): string {
  return text.replace(template, (whole) => `\\${whole}`);
}

type Names = { all: string[]; asked: Set<string> };

/** Every name in the order of the messages; `asked`: those that a person or a program wrote, which must be faces. */
function namesIn(messages: readonly ChatMessage[]): Names {
  const all = new Set<string>();
  const asked = new Set<string>();
  for (const message of messages) {
    for (const text of textsOf(message)) {
      for (const [, escape, name] of text.matchAll(template)) {
        if (escape !== "" || name === undefined) continue;
        all.add(name);
        if (message.role !== "assistant") asked.add(name);
      }
    }
  }
  return { all: [...all], asked };
}

function textsOf({ role, content }: ChatMessage): string[] {
  if (!expandedRoles.has(role)) return [];
  if (typeof content === "string") return [content];
  return (content ?? []).flatMap((part) => (part.type === "text" && part.text !== undefined ? [part.text] : []));
}

/** By the name as it is written. None without names, and two queries at most, however many are named. */
async function requireNamed(ctx: Ctx, { all, asked }: Names): Promise<Map<string, PlacedFace>> {
  if (asked.size > maxNamed) {
    throw new InvalidInputError(
      `The messages name ${asked.size} faces by \${…}; at most ${maxNamed} can be.`,
      "messages",
    );
  }
  const found = await findReadableFaces(
    ctx,
    all.map((name) => splitPin(name).ref),
  );
  const pins = await pinnedVersions(ctx, all, found);
  const faces = new Map<string, PlacedFace>();
  for (const name of all) {
    const { ref, version } = splitPin(name);
    const face = found.get(ref);
    const problem = face === undefined ? unknownFace(name) : problemOf(ctx, { face, name, version }, pins);
    if (problem !== null && asked.has(name)) throw problem;
    if (problem === null && face !== undefined) faces.set(name, { ...face, pinnedVersion: version });
  }
  return faces;
}

/** @throws {InvalidInputError} more templates than messages may hold */
function requireFew(messages: readonly ChatMessage[], faces: Map<string, PlacedFace>): void {
  const texts = messages.flatMap(textsOf);
  const count = texts.reduce(
    (sum, text) => sum + [...text.matchAll(template)].filter(([, , name = ""]) => faces.has(name)).length,
    0,
  );
  if (count <= maxTemplates) return;
  throw new InvalidInputError(`The messages hold ${count} templates; at most ${maxTemplates} can be.`, "messages");
}

function splitPin(name: string): { ref: string; version: number | null } {
  const [ref = "", version] = name.split("#");
  return { ref, version: version === undefined ? null : Number(version) };
}

/** `face_…#7` of those that exist. */
async function pinnedVersions(ctx: Ctx, names: string[], found: Map<string, FaceRow>): Promise<Set<string>> {
  const pins = names.flatMap((name) => {
    const { ref, version } = splitPin(name);
    const face = found.get(ref);
    return face === undefined || version === null ? [] : [{ faceId: face.id, number: version }];
  });
  if (pins.length === 0) return new Set();
  const rows = await ctx.db.faceVersion.findMany({ where: { OR: pins }, select: { faceId: true, number: true } });
  return new Set(rows.map(({ faceId, number }) => `${faceId}#${number}`));
}

type Named = { face: FaceRow; name: string; version: number | null };

function problemOf(ctx: Ctx, { face, name, version }: Named, pins: Set<string>): Error | null {
  if (!isAllowed(ctx, face)) return new ForbiddenError(`This API key may not use the face ${splitPin(name).ref}.`);
  if (version === null || pins.has(`${face.id}#${version}`)) return null;
  const newest = face.version === 0 ? "It has none yet." : `The newest is ${face.version}.`;
  const text = `\${${name}} in a message: ${face.username} has no version ${version}. ${newest}`;
  return new InvalidInputError(text, "messages");
}

function isAllowed(ctx: Ctx, face: FaceRow): boolean {
  try {
    requireKeyAllows(ctx, face);
    return true;
  } catch {
    return false;
  }
}

function unknownFace(name: string): InvalidInputError {
  const text = `\${${name}} in a message names no face of yours. Write \\\${${name}} to keep it as it stands.`;
  return new InvalidInputError(text, "messages");
}

function expandMessage(message: ChatMessage, faces: Map<string, PlacedFace>): ChatMessage {
  const { role, content } = message;
  if (!expandedRoles.has(role) || !content) return message;
  if (typeof content === "string") return { ...message, content: expandText(content, faces) };
  const parts = content.map((part) =>
    part.type === "text" && part.text !== undefined ? { ...part, text: expandText(part.text, faces) } : part,
  );
  return { ...message, content: parts };
}

function expandText(text: string, faces: Map<string, PlacedFace>): string {
  return text.replace(template, (whole, escape: string, name: string) => {
    if (escape !== "") return whole.slice(1);
    const face = faces.get(name);
    return face === undefined ? whole : displayName(face);
  });
}
