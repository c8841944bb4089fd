import type { Ctx } from "@/lib/auth/context";
import { runTask } from "@/lib/compute/pool";
import type { Db } from "@/lib/db/client";
import { InvalidInputError, NotFoundError } from "@/lib/errors";
import { compositionVersion, readComposition } from "@/lib/faces/composition";
import { type Composite, rememberedParts } from "@/lib/faces/parts";
import type { FaceRows } from "./face-rows";
import type { FaceName } from "./first-person";
import { loadComposedRows } from "./load-composed-rows";
import { loadFaceRows, loadFaceRowsAt } from "./load-face-rows";
import { buffersOf, packRows } from "./pack-rows";
import type { Turn } from "./query";
import type { RetrievedItem } from "./schemas";
import type { SearchTaskInput } from "./search.task";

export type RetrieveInput = ({ query: string } | { messages: readonly MessageText[] }) & {
  /** most tokens of all items together; 1,500 unless said */
  tokenBudget?: number;
  /** most items; 10 unless said */
  k?: number;
};

/** A chat message of any wire; parts that are not text are passed over. */
export type MessageText = {
  role: string;
  content?: string | readonly { type: string; text?: string | undefined }[] | null | undefined;
};

export type Retrieved = {
  /** what bears on the conversation, best first; empty when `abstain` */
  items: RetrievedItem[];
  /** what belongs into every prompt of this version of the face */
  core: RetrievedItem[];
  /** the face has most likely never said anything about this */
  abstain: boolean;
  /** tokens of `items` */
  tokens: number;
  tookMs: number;
};

const defaultK = 10;
const defaultTokenBudget = 1500;
/** Building the index of the largest face takes a few seconds; a thread that takes longer is stuck. */
const searchTimeoutMs = 30_000;
/** Only the last turns are looked at; earlier answers still tell what was said already. */
const maxTurns = 40;

/** A face to be searched: `formula` not null is a composite, `pinnedVersion` searches that version of a concrete one. */
export type SearchedFace = FaceName & {
  id: string;
  revision: number;
  pinnedVersion?: number | null;
  formula?: string | null;
};

/**
 * Finds what the face has said that bears on a conversation. A face that was asked before needs no database; a
 * composite asks how its parts stand, unless this process remembers them.
 *
 * @param face the caller must be allowed to read it
 * @throws {InvalidInputError} a version of a composite, which has none
 * @throws whatever the compute thread throws
 */
export async function retrieve(
  ctx: Pick<Ctx, "db">,
  face: SearchedFace,
  input: RetrieveInput,
  signal?: AbortSignal,
): Promise<Retrieved> {
  const started = performance.now();
  const { faceKey, revision, load } = await sourceOf(ctx.db, face);
  const task: SearchTaskInput = {
    faceKey,
    revision,
    face: { username: face.username, name: face.name, aliases: face.aliases },
    turns: toTurns(input),
    k: input.k ?? defaultK,
    tokenBudget: input.tokenBudget ?? defaultTokenBudget,
  };
  const options = { timeoutMs: searchTimeoutMs, ...(signal === undefined ? {} : { signal }) };
  let found = await runTask("retrieveSearch", task, options);
  if (found.missing) {
    const packed = await packRows(await load());
    found = await runTask("retrieveSearch", { ...task, packed }, { ...options, transfer: buffersOf(packed) });
  }
  if (found.missing) throw new Error("The compute thread did not keep the face that it was given.");
  const { items, core, abstain, tokens } = found;
  return { items, core, abstain, tokens, tookMs: Math.round((performance.now() - started) * 10) / 10 };
}

/** Where a face's rows come from, and what its index is kept under in the threads. */
type Source = { faceKey: string; revision: number | string; load: () => Promise<FaceRows> };

async function sourceOf(db: Db, { id, revision, pinnedVersion = null, formula = null }: SearchedFace): Promise<Source> {
  if (formula !== null) {
    if (pinnedVersion !== null) throw new InvalidInputError("A face that is made of others has no versions.", "model");
    return compositeSource(db, { id, formula });
  }
  if (pinnedVersion === null) return { faceKey: id, revision, load: () => loadFaceRows(db, id) };
  // also of a pinned version by revision: what it has depends on which texts are still there
  return { faceKey: `${id}#${pinnedVersion}`, revision, load: () => loadPinned(db, id, pinnedVersion) };
}

/** @throws {NotFoundError} the pinned version is not there */
async function loadPinned(db: Db, id: string, version: number): Promise<FaceRows> {
  const rows = await loadFaceRowsAt(db, id, version);
  if (rows === null) throw new NotFoundError(`Version ${version} of the face`);
  return rows;
}

/** A composite changes with its parts: its index is kept by how they stand. */
async function compositeSource(db: Db, face: Composite): Promise<Source> {
  const parts = await rememberedParts(db, face);
  return {
    faceKey: face.id,
    revision: compositionVersion(face, parts),
    load: async () => loadComposedRows(db, face, await readComposition(db, face, parts)),
  };
}

function toTurns(input: RetrieveInput): Turn[] {
  if ("query" in input) return [{ role: "user", text: input.query }];
  const spoken = input.messages.filter((message) => message.role === "user" || message.role === "assistant");
  return spoken
    .slice(-maxTurns)
    .map((message) => ({ role: message.role === "user" ? "user" : "assistant", text: textOf(message) }));
}

function textOf({ content }: MessageText): string {
  if (typeof content === "string") return content;
  return (content ?? [])
    .map((part) => part.text ?? "")
    .filter((text) => text !== "")
    .join("\n");
}
