import { z } from "zod";
import { authenticate } from "@/lib/auth/authenticate";
import type { Actor, Ctx, Scope } from "@/lib/auth/context";
import { caughtUpWithChanges } from "@/lib/auth/memory";
import { type Db, db } from "@/lib/db/client";
import { AppError, InvalidInputError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { parseJson } from "@/lib/json-body";
import type { RateClass } from "@/lib/keys/rate-limits";
import { errorResponse } from "./error-response";
import { fingerprintedForm } from "./form-fingerprint";
import { type Fingerprint, once, requestFingerprint } from "./idempotency";
import { Page } from "./page";
import { parse } from "./parse";
import { type Admission, admitActor, admitAddress, rateClassOf, setRateHeaders } from "./rate-limit";
import { maxJsonBytes, readBytes } from "./read-body";
import type { DefinedHandler, NextContext, RouteWords } from "./route-definition";

/** Scopes of routes that change what this process may remember. */
const writing: ReadonlySet<Scope> = new Set(["faces:write", "billing:write", "keys", "account"]);

type RouteOptions<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> = RouteWords & {
  /** What the credential must allow. */
  scope: Scope;
  params?: P;
  query?: Q;
  /** JSON body; leave out when the handler reads the request itself. */
  body?: B;
  /** Status of success, 200 unless said. */
  status?: number;
  /** The answer holds a secret and is never stored, not even to be replayed. */
  isSecret?: boolean;
};

type HandlerInput<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> = {
  ctx: Ctx;
  request: Request;
  params: z.output<P>;
  query: z.output<Q>;
  body: z.output<B>;
  /** the body as it came, where it was read */
  bytes: Uint8Array;
};

/** An answer with a status of its own. */
export class Reply {
  constructor(
    readonly status: number,
    readonly data: unknown,
  ) {}
}

/**
 * Makes a route handler: count for the address → authenticate → count for the caller → parse → idempotency → call →
 * envelope.
 *
 * The handler returns what belongs into `data`, a `Page` for lists, a `Reply` for another status, or a `Response` to
 * answer by itself. Whatever is thrown becomes the contract's error. What is known of the route without calling it
 * stands on the handler, as its `definition`.
 */
export function route<
  P extends z.ZodType = z.ZodUnknown,
  Q extends z.ZodType = z.ZodUnknown,
  B extends z.ZodType = z.ZodUndefined,
>(options: RouteOptions<P, Q, B>, handler: (input: HandlerInput<P, Q, B>) => unknown): DefinedHandler {
  const handle = (request: Request, next: NextContext): Promise<Response> =>
    answer(request, async (requestId, admission) => {
      const rateClass = rateClassOf(options.scope, request.method);
      await admitAddress(request, rateClass, admission);
      const actor = await authenticate(request, options.scope);
      await admitActor(actor, rateClass, admission);
      const ctx: Ctx = { actor, db: db(), requestId, signal: request.signal };
      const bytes = options.body === undefined ? null : await readBytes(request, maxJsonBytes);
      const run = async (asked: Request) => {
        const input = await parseInput(asked, next, options, bytes);
        const result = await handler({ ctx, request: asked, bytes: bytes ?? new Uint8Array(), ...input });
        // whoever has the answer to a change may count on it in the next request
        if (writing.has(options.scope) && request.method !== "GET") await caughtUpWithChanges();
        return envelope(result, options.status ?? 200);
      };
      const key = request.method === "POST" ? request.headers.get("idempotency-key") : null;
      if (!key) return run(request);
      const { asked, fingerprint } = fingerprinted(request, actor, bytes);
      const kept = { accountId: actor.accountId, key, fingerprint, isSecret: options.isSecret ?? false };
      return once(db(), kept, () => catching(requestId, () => run(asked)));
    });
  return Object.assign(handle, { definition: { ...options, status: options.status ?? 200 } });
}

/** Like `route`, for the few handlers that anyone may call. */
export function publicRoute<P extends z.ZodType = z.ZodUnknown, B extends z.ZodType = z.ZodUndefined>(
  options: RouteWords & { params?: P; body?: B; status?: number; rateClass?: RateClass },
  handler: (input: { db: Db; requestId: string; request: Request; params: z.output<P>; body: z.output<B> }) => unknown,
): DefinedHandler {
  const handle = (request: Request, next: NextContext): Promise<Response> =>
    answer(request, async (requestId, admission) => {
      await admitAddress(request, options.rateClass ?? "read", admission);
      const bytes = options.body === undefined ? null : await readBytes(request, maxJsonBytes);
      const { params, body } = await parseInput(request, next, options, bytes);
      return envelope(await handler({ db: db(), requestId, request, params, body }), options.status ?? 200);
    });
  return Object.assign(handle, { definition: { scope: null, ...options, status: options.status ?? 200 } });
}

/** Counts what comes from an address for a handler that is not made here. */
export function countedRoute<Context>(
  rateClass: RateClass,
  handler: (request: Request, context: Context) => Promise<Response>,
) {
  return (request: Request, context: Context): Promise<Response> =>
    answer(request, async (_requestId, admission) => {
      await admitAddress(request, rateClass, admission);
      return handler(request, context);
    });
}

/** The request, to be read from now on, and what makes it the same as another. An answer may depend on the key. */
function fingerprinted(
  request: Request,
  { credential }: Actor,
  bytes: Uint8Array | null,
): { asked: Request; fingerprint: Fingerprint } {
  const { pathname, search } = new URL(request.url);
  const caller = credential.kind === "key" ? credential.keyId : "person";
  if (bytes === null && request.body !== null) {
    const form = fingerprintedForm(request, `${caller} ${request.method} ${pathname}${search}\n`);
    return { asked: form.request, fingerprint: form };
  }
  const known = requestFingerprint(caller, request.method, pathname + search, bytes ?? new Uint8Array());
  return { asked: request, fingerprint: { known } };
}

/** Gives every answer its request id and where the caller's limits stand; whatever is thrown becomes an error. */
async function answer(
  request: Request,
  work: (requestId: string, admission: Admission) => Promise<Response>,
): Promise<Response> {
  const requestId = newId("request");
  const admission: Admission = { standing: null };
  const response = await catching(requestId, () => work(requestId, admission));
  setRateHeaders(response, admission);
  response.headers.set("x-request-id", requestId);
  if (!response.headers.has("cache-control")) response.headers.set("cache-control", "no-store");
  return response;
}

async function catching(requestId: string, work: () => Promise<Response>): Promise<Response> {
  try {
    return await work();
  } catch (error) {
    return errorResponse(error, requestId);
  }
}

async function parseInput<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(
  request: Request,
  next: NextContext,
  options: { params?: P; query?: Q; body?: B },
  bytes: Uint8Array | null,
) {
  const query = Object.fromEntries(new URL(request.url).searchParams);
  const params = (await next.params) ?? {};
  // PostgreSQL cannot be asked for it
  if ([params, query].some((part) => Object.values(part).flat().join("").includes("\0"))) {
    throw new InvalidInputError("The address holds a NUL character, which is not text.");
  }
  return {
    params: parse(options.params ?? z.unknown(), params) as z.output<P>,
    query: parse(options.query ?? z.unknown(), query) as z.output<Q>,
    body: (options.body === undefined || bytes === null
      ? undefined
      : parse(options.body, requireJson(request, bytes))) as z.output<B>,
  };
}

function requireJson(request: Request, bytes: Uint8Array): unknown {
  const type = request.headers.get("content-type") ?? "application/json";
  if (bytes.byteLength > 0 && !/json|text\/plain|x-www-form-urlencoded/i.test(type)) {
    throw new AppError("unsupported_type", `This route takes JSON, not ${type}.`);
  }
  return bytes.byteLength === 0 ? {} : parseJson(bytes);
}

function envelope(result: unknown, status: number): Response {
  if (result instanceof Response) return result;
  if (result instanceof Reply) return Response.json({ data: result.data }, { status: result.status });
  if (result instanceof Page) {
    const body = { data: result.items, has_more: result.nextCursor !== null, next_cursor: result.nextCursor };
    return Response.json(body, { status });
  }
  return Response.json({ data: result }, { status });
}
