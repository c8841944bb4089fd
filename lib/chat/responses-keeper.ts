import type { Ctx } from "@/lib/auth/context";
import { log } from "@/lib/log";
import type { PreparedChat } from "./prepare-chat";
import { toKeptItems } from "./responses-kept-items";
import type { ResponsesRequest } from "./responses-schemas";

/** A response that is larger is kept without its input; one whose output alone is larger is not kept. In bytes. */
export const mostKeptBytes = 1_000_000;

/** An answer waits no longer than this to be kept, in milliseconds: it is whole by then, and its client waits. */
const patienceMs = 2_000;

/** Keeps one response, when it is done, for its account to go back to. */
export type ResponseKeeper = {
  /** Told who answers, and from what. */
  begin(prepared: Pick<PreparedChat, "face" | "retrieved">): void;
  /** Never throws: an answer is worth more than its copy. @returns whether it is kept */
  keep(response: FinishedResponse): Promise<boolean>;
};

/** A response as its client gets it. */
export type FinishedResponse = Record<string, unknown> & { id: string; output: readonly unknown[] };

/**
 * What keeps the response to a request; null when its client does not want that.
 *
 * @param sources documents that what it continues was said from
 */
export function keeperOf(ctx: Ctx, request: ResponsesRequest, sources: readonly string[] = []): ResponseKeeper | null {
  if (request.store === false) return null;
  let from: Pick<PreparedChat, "face" | "retrieved"> = { face: null, retrieved: null };
  return {
    begin: (prepared) => void (from = prepared),
    async keep(response) {
      const row = toRow(request, response);
      if (row === null) return false;
      const documentIds = [...new Set([...sources, ...sourcesOf(from)])];
      return storeInTime(ctx, { ...row, faceId: from.face?.id ?? null, documentIds });
    },
  };
}

type Row = {
  id: string;
  faceId: string | null;
  previousId: string | null;
  input: string | null;
  response: string;
  documentIds: string[];
  items: number;
  bytes: number;
};

/** @returns null when it is too large */
function toRow(request: ResponsesRequest, response: FinishedResponse): Omit<Row, "faceId" | "documentIds"> | null {
  const text = toStorableJson(response);
  const length = Buffer.byteLength(text);
  if (length > mostKeptBytes) return null;
  const items = toKeptItems(request.input);
  const input = toStorableJson(items);
  const inputLength = Buffer.byteLength(input);
  const isInputKept = length + inputLength <= mostKeptBytes;
  return {
    id: response.id,
    previousId: request.previous_response_id || null,
    input: isInputKept ? input : null,
    response: text,
    items: items.length + response.output.length,
    bytes: (isInputKept ? inputLength : 0) + Buffer.byteLength(JSON.stringify(response.output)),
  };
}

async function storeInTime(ctx: Ctx, row: Row): Promise<boolean> {
  const storing = store(ctx, row).then(
    () => true,
    (error: unknown) => {
      log.warn("a response could not be kept", { id: row.id, error });
      return false;
    },
  );
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => (timer = setTimeout(() => resolve(false), patienceMs)));
  const isStored = await Promise.race([storing, late]);
  clearTimeout(timer);
  if (!isStored) void storing.then((isLate) => (isLate ? forget(ctx, row.id) : undefined));
  return isStored;
}

async function store({ db, actor }: Ctx, row: Row): Promise<void> {
  const keyId = actor.credential.kind === "key" ? actor.credential.keyId : null;
  await db.$executeRaw`
    INSERT INTO stored_responses
      (id, account_id, face_id, api_key_id, previous_id, input, response, document_ids, items, bytes)
    VALUES (${row.id}, ${actor.accountId}, ${row.faceId}, ${keyId}, ${row.previousId}, ${row.input}::jsonb,
      ${row.response}::jsonb, ${row.documentIds}::text[], ${row.items}, ${row.bytes})`;
}

/** What was kept too late was answered as not kept. */
async function forget({ db }: Ctx, id: string): Promise<void> {
  await db.storedResponse
    .deleteMany({ where: { id } })
    .catch((error: unknown) => log.warn("a response that was kept too late stays", { id, error }));
}

/** The documents whose words the model was given: when one is deleted, all that was said from it goes too. */
function sourcesOf({ retrieved }: Pick<PreparedChat, "retrieved">): string[] {
  const items = [...(retrieved?.items ?? []), ...(retrieved?.core ?? [])];
  return items.flatMap(({ provenance }) => provenance.map(({ document_id }) => document_id));
}

/** PostgreSQL holds neither NUL nor half a surrogate pair, and models say both: they become U+FFFD. */
function toStorableJson(value: unknown): string {
  const text = JSON.stringify(value);
  if (!/\\u(?:0000|[dD][89a-fA-F])/u.test(text)) return text;
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === "string" ? inner.toWellFormed().replaceAll("\0", "\uFFFD") : inner,
  );
}
