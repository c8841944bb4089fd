import type { Ctx } from "@/lib/auth/context";
import { runTask } from "@/lib/compute/pool";
import type { Db } from "@/lib/db/client";
import { NotFoundError } from "@/lib/errors";
import type { FaceName } from "./first-person";
import { loadFaceRows, loadFaceRowsAt } from "./load-face-rows";
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

/**
 * Finds what the face has said that bears on a conversation. A face that was asked before needs no database.
 *
 * @param face the caller must be allowed to read it; `pinnedVersion` searches that version instead of the newest
 * @throws whatever the compute thread throws
 */
export async function retrieve(
  ctx: Pick<Ctx, "db">,
  face: FaceName & { id: string; revision: number; pinnedVersion?: number | null },
  input: RetrieveInput,
  signal?: AbortSignal,
): Promise<Retrieved> {
  const started = performance.now();
  const pinned = face.pinnedVersion ?? null;
  const task: SearchTaskInput = {
    faceKey: pinned === null ? face.id : `${face.id}#${pinned}`,
    // also of a pinned version: what it has depends on which texts are still there
    revision: face.revision,
    face: { username: face.username, name: face.name, aliases: face.aliases },
    turns: toTurns(input),
    k: input.k ?? defaultK,
    tokenBudget: input.tokenBudget ?? defaultTokenBudget,
  };
  const options = { timeoutMs: searchTimeoutMs, ...(signal === undefined ? {} : { signal }) };
  let found = await runTask("retrieveSearch", task, options);
  if (found.missing) found = await runTask("retrieveSearch", { ...task, rows: await loadRows(ctx.db, face) }, options);
  if (found.missing) throw new Error("The compute thread did not keep the face that it was given.");
  const { items, core, abstain, tokens } = found;
  return { items, core, abstain, tokens, tookMs: Math.round((performance.now() - started) * 10) / 10 };
}

/** @throws {NotFoundError} the pinned version is not there */
async function loadRows(db: Db, { id, pinnedVersion }: { id: string; pinnedVersion?: number | null }) {
  if (pinnedVersion == null) return loadFaceRows(db, id);
  const rows = await loadFaceRowsAt(db, id, pinnedVersion);
  if (rows === null) throw new NotFoundError(`Version ${pinnedVersion} of the face`);
  return rows;
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
