import { z } from "zod";
import { signInText } from "@/components/strings/sign-in";
import { ApiError, fetchJson, toApiError } from "@/lib/http/fetch-json";

/** Why there is no session, as the server told it. */
export class NotEntered extends Error {
  constructor(
    readonly title: string,
    /** a whole sentence; null when the server gave none */
    readonly reason: string | null,
    readonly requestId: string | null = null,
  ) {
    super(title);
  }
}

export type WayIn =
  | { provider: "wallet"; fields: { address: string; signature: string; nonce: string } }
  | { provider: "password"; fields: { email: string; password: string } }
  | { provider: "invite"; fields: { invite_code: string; email: string; password: string; name: string } };

const Csrf = z.object({ csrfToken: z.string() });
const Answer = z.object({ url: z.string() });
const { problems } = signInText;

/**
 * Begins a session: next-auth sets the cookie. Its own client hides what went wrong; here every answer is read.
 *
 * @throws {NotEntered}
 */
export async function enter({ provider, fields }: WayIn): Promise<void> {
  const { csrfToken } = await fetchJson("/api/auth/csrf", Csrf).catch(failed);
  const body = new URLSearchParams({ ...fields, csrfToken, callbackUrl: "/faces", json: "true" });
  const response = await fetch(`/api/auth/callback/${provider}`, { method: "POST", body }).catch(failed);
  const requestId = response.headers.get("x-request-id");
  if (response.status === 429 || response.status >= 500) return failed(await toApiError(response));
  const answer = Answer.safeParse(await response.json().catch(() => null));
  if (!answer.success) throw new NotEntered(problems.serverBroke.title, problems.serverBroke.reason, requestId);
  const told = new URL(answer.data.url, location.origin).searchParams;
  if (told.has("csrf")) throw new NotEntered(problems.noCookies.title, problems.noCookies.reason);
  if (!response.ok || told.has("error")) {
    throw new NotEntered(problems.refused.title, sentenceIn(told.get("error")), requestId);
  }
}

/** next-auth answers with a word of its own, or with the sentence that our server threw. */
const sentenceIn = (error: string | null): string | null => (error?.includes(" ") ? error : null);

function failed(error: unknown): never {
  const { serverDown, serverBroke, tooMany } = problems;
  if (!(error instanceof ApiError) || error.status === 0) throw new NotEntered(serverDown.title, serverDown.reason);
  if (error.status === 429) throw new NotEntered(tooMany.title, error.message, error.requestId);
  throw new NotEntered(serverBroke.title, serverBroke.reason, error.requestId);
}
