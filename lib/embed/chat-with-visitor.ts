import type { Actor, Ctx } from "@/lib/auth/context";
import { completeChat } from "@/lib/chat/complete-chat";
import { keptTemplates } from "@/lib/chat/templates";
import type { Db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import type { retrieve } from "@/lib/retrieve/retrieve";
import { countVisit, type VisitorPlace } from "./count-visit";
import { type EmbedRow, readEmbed } from "./read-embed";
import type { VisitorChatInput } from "./schemas";
import { noPageError, restingError, toVisitorError } from "./visitor-error";
import { visitorName } from "./visitor-name";
import { readVisitorTicket } from "./visitor-ticket";
import { visitorWire } from "./visitor-wire";

/** Answers are bounded, since strangers ask for them. */
const maxAnswerTokens = 800;

export type Visit = {
  db: Db;
  requestId: string;
  signal: AbortSignal;
  token: string;
  place: VisitorPlace;
  input: VisitorChatInput;
  /** counts the request for the page's key and its account */
  admit: (actor: Actor) => Promise<void>;
  retrieve: typeof retrieve;
};

/**
 * Answers a visitor of a face's page, streamed: by the same persona, engine and meter as every chat, on the page's own
 * key, whose budget bounds it.
 *
 * @throws {AppError} `not_found` there is no such page, `unauthorized` the page was opened too long ago, `rate_limited`,
 *   `unavailable` it answers nobody for now, `invalid_input`, `upstream_failed`
 */
export async function chatWithVisitor(visit: Visit): Promise<Response> {
  const { db, token, input, requestId, place } = visit;
  const embed = await readEmbed(token, db);
  if (embed === null) throw noPageError();
  const visitor = readVisitorTicket(token, input.visitor);
  if (visitor === null) {
    throw new AppError("unauthorized", "This page was opened too long ago. Load it again to go on.");
  }
  if (visitor.where === "page" && !embed.isPublic) throw noPageError();
  if (embed.account.isFrozen) throw restingError(visitorName(embed.face));
  await countVisit(db, embed, visitor, place);
  try {
    const ctx = visitorCtx(visit, embed);
    await visit.admit(ctx.actor);
    const name = visitorName(embed.face);
    const answer = await completeChat(
      ctx,
      toRequest(embed, input),
      { retrieve: visit.retrieve, toErrorBody: (error) => toErrorEvent(toVisitorError(error, name, requestId)) },
      visitorWire,
    );
    return bare(answer);
  } catch (error) {
    throw toVisitorError(error, visitorName(embed.face), requestId);
  }
}

/** Calls as the page's key would. */
function visitorCtx({ db, requestId, signal }: Visit, { account, apiKey, faceId }: EmbedRow): Ctx {
  return {
    db,
    requestId,
    signal,
    actor: {
      accountId: account.id,
      isAdmin: false,
      isFrozen: account.isFrozen,
      plan: account.plan,
      scopes: ["chat"],
      credential: { kind: "key", keyId: apiKey.id, allowedFaces: [faceId], allowedModels: apiKey.allowedModels },
    },
  };
}

function toRequest({ faceId }: EmbedRow, { messages }: VisitorChatInput) {
  return {
    model: faceId,
    // a visitor names no other face of the account
    messages: messages.map(({ role, content }) => ({ role, content: keptTemplates(content) })),
    stream: true,
    max_tokens: maxAnswerTokens,
  };
}

function toErrorEvent({ code, message }: AppError): { code: string; message: string } {
  return { code, message };
}

/** Without what other answers tell in their headers: traces and models are the owner's. */
function bare({ body, status, headers }: Response): Response {
  const kept = ["content-type", "cache-control"].flatMap((name) => {
    const value = headers.get(name);
    return value === null ? [] : [[name, value] as [string, string]];
  });
  return new Response(body, { status, headers: kept });
}
