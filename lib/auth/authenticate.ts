import { decode } from "next-auth/jwt";
import { z } from "zod";
import { db, type Prisma } from "@/lib/db/client";
import { publicUrl } from "@/lib/env";
import { AppError, ForbiddenError } from "@/lib/errors";
import { findActorByKey } from "@/lib/keys/find-actor-by-key";
import { log } from "@/lib/log";
import { readAccessToken } from "./access-token";
import { type Actor, type Scope, scopes } from "./context";
import { rowCache } from "./memory";
import { cookieSecret } from "./secrets";

const maxSessionsInMemory = 10_000;
const lastSeenStepMs = 5 * 60_000;

type SessionRow = Prisma.SessionGetPayload<{ include: { account: true } }>;

const SessionCookie = z.object({ sessionId: z.string() });

/** Name of next-auth's cookie, which depends on whether the installation is reached over TLS. */
export function sessionCookieName(): string {
  return publicUrl().protocol === "https:" ? "__Secure-next-auth.session-token" : "next-auth.session-token";
}

/**
 * Who is calling: an API key, an access token, or the dashboard's cookie (same origin only).
 *
 * @throws {AppError} `unauthorized` no or bad credential; `forbidden` the credential does not allow `scope`
 */
export async function authenticate(request: Request, scope: Scope): Promise<Actor> {
  const actor = await findActor(request);
  if (!actor.scopes.includes(scope)) {
    throw new ForbiddenError(`This API key does not have the scope ${scope}.`);
  }
  return actor;
}

async function findActor(request: Request): Promise<Actor> {
  const credential = bearer(request);
  if (credential?.startsWith("sk-faces-")) return findActorByKey(db(), credential, request.headers);
  if (credential !== null) return requireSession((await readAccessToken(credential)).sessionId);
  const cookie = readCookie(request, sessionCookieName());
  if (cookie === null) {
    throw new AppError("unauthorized", "Sign in, or send `Authorization: Bearer` with an access token or an API key.");
  }
  requireSameOrigin(request);
  const token = await decode({ token: cookie, secret: cookieSecret() }).catch(() => null);
  const session = SessionCookie.safeParse(token);
  if (!session.success) throw new AppError("unauthorized", "Your session has ended. Sign in again.");
  return requireSession(session.data.sessionId);
}

/** The credential in the header, also under the name that Anthropic's clients use. */
function bearer(request: Request): string | null {
  const header = request.headers.get("authorization");
  if (header === null) return request.headers.get("x-api-key");
  const token = /^Bearer\s+(\S+)\s*$/i.exec(header)?.[1];
  if (token === undefined) throw new AppError("unauthorized", "The Authorization header must read `Bearer <token>`.");
  return token;
}

/** The actor of a live session. @throws {AppError} `unauthorized` */
export async function requireSession(sessionId: string): Promise<Actor> {
  const session = await rowCache<SessionRow | null>("sessions by id", maxSessionsInMemory).read(
    sessionId,
    () => db().session.findUnique({ where: { id: sessionId }, include: { account: true } }),
    (row) => row && [`sessions ${row.id}`, `accounts ${row.accountId}`],
  );
  if (session === null || session.expiresAt < new Date()) {
    throw new AppError("unauthorized", "Your session has ended. Sign in again.");
  }
  noteSeen(session);
  const { id, isAdmin, isFrozen, plan } = session.account;
  return { accountId: id, isAdmin, isFrozen, plan, scopes, credential: { kind: "session", sessionId } };
}

/** Notes that the session is used, every few minutes and without making the caller wait. */
function noteSeen(session: SessionRow): void {
  const now = new Date();
  const { id, lastSeenAt } = session;
  if (now.getTime() - lastSeenAt.getTime() < lastSeenStepMs) return;
  // the row may be in memory: the next call needs no note
  session.lastSeenAt = now;
  db()
    .session.updateMany({ where: { id }, data: { lastSeenAt: now } })
    .catch((error: unknown) => log.warn("a session's last use was not noted", { sessionId: id, error }));
}

/** A cookie is sent by the browser whoever asks, so a write must come from our own pages. */
function requireSameOrigin(request: Request): void {
  if (request.method === "GET" || request.method === "HEAD") return;
  const origin = request.headers.get("origin");
  const host = request.headers.get("host");
  if (origin === null || !URL.canParse(origin) || new URL(origin).host !== host) {
    throw new ForbiddenError("The session cookie works from this installation's own pages only.");
  }
}

function readCookie(request: Request, name: string): string | null {
  for (const part of request.headers.get("cookie")?.split(";") ?? []) {
    const [key, ...value] = part.trim().split("=");
    // base64url and dots: nothing in it is ever escaped
    if (key === name) return value.join("=");
  }
  return null;
}
