import { AppError } from "@/lib/errors";
import { isJsonObject, type JsonObject } from "@/lib/json";
import { log } from "@/lib/log";

/**
 * `unreached` nothing was sent · `lost` sent, and no whole answer came · `refused` an answer with an error status ·
 * `odd` an answer that is none · `late` it was never done · `failed` it says itself that it did not work · `undelivered` it did, and the image is not to be had
 */
type Kind = "unreached" | "lost" | "refused" | "odd" | "late" | "failed" | "undelivered";

/** Errors of a connection that stood never: not a byte of the request has left. */
const neverSent = new Set([
  ...["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH", "UND_ERR_CONNECT_TIMEOUT"],
  ...["CERT_HAS_EXPIRED", "DEPTH_ZERO_SELF_SIGNED_CERT", "SELF_SIGNED_CERT_IN_CHAIN", "ERR_TLS_CERT_ALTNAME_INVALID"],
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
]);
const busySeconds = 30;

/** What went wrong on the way to an engine elsewhere. Its message goes behind the engine's name. */
export class WireError extends Error {
  readonly status: number | null;
  readonly said: string;
  readonly retryAfterSeconds: number | null;
  /** what the other side answered, as JSON */
  readonly body: unknown;

  constructor(
    readonly kind: Kind,
    message: string,
    more: { status?: number; said?: string; retryAfterSeconds?: number | null; body?: unknown } = {},
  ) {
    super(message);
    this.name = "WireError";
    this.status = more.status ?? null;
    this.said = more.said ?? "";
    this.retryAfterSeconds = more.retryAfterSeconds ?? null;
    this.body = more.body;
  }

  static ofStatus(status: number, said: string, retryAfterSeconds: number | null, body?: unknown): WireError {
    const message = `answered with status ${status}${said === "" ? "" : `: ${said}`}`;
    return new WireError("refused", message, { status, said, retryAfterSeconds, body });
  }

  /** The cause is left out: it may hold the request, and with it a key and photos. */
  static ofNetwork(error: unknown): WireError {
    const code = codeOf(error);
    if (code !== null && neverSent.has(code)) return new WireError("unreached", "could not be reached");
    const isLate = error instanceof DOMException && error.name === "TimeoutError";
    return new WireError("lost", isLate || /TIMEOUT/u.test(code ?? "") ? "took too long to answer" : "broke off");
  }

  /** Another look may succeed. */
  get isPassing(): boolean {
    if (this.kind !== "refused") return ["unreached", "lost", "undelivered"].includes(this.kind);
    return this.status === 408 || this.status === 429 || (this.status ?? 0) >= 500;
  }

  /** It is certain that nothing was begun, and so nothing paid. */
  get isUntaken(): boolean {
    return this.kind === "unreached" || (this.kind === "refused" && (this.status === 429 || this.status === 503));
  }

  /** Whether something was begun is unknown: no answer, or one of a gateway in between. */
  get isUncertain(): boolean {
    const gateways = [408, 502, 504, 520, 522, 524];
    return this.kind === "lost" || (this.kind === "refused" && gateways.includes(this.status ?? 0));
  }
}

function codeOf(error: unknown): string | null {
  for (let one = error, depth = 0; one instanceof Error && depth < 5; one = one.cause, depth++) {
    const { code } = one as { code?: unknown };
    if (typeof code === "string") return code;
  }
  return null;
}

const maxWords = 300;

/**
 * The sentence in an error's body, whichever of the usual shapes it has: OpenAI's and Google's `error.message`, Rails'
 * `error` and `errors`, fal's and Replicate's `detail`. No page, no key.
 */
export function wordsOf(body: unknown, secret: string | null): string {
  const said = find(body);
  if (said === null) return "";
  const withoutKey = secret === null || secret === "" ? said : said.replaceAll(secret, "…");
  return withoutKey
    .replace(/\p{Cc}+/gu, " ")
    .trim()
    .replace(/\.+$/u, "")
    .slice(0, maxWords);
}

function find(body: unknown): string | null {
  if (typeof body === "string")
    return body === "" || /<(?:!doctype|html|head|body|title|h1)\b/iu.test(body) ? null : body;
  if (Array.isArray(body)) return body.slice(0, 3).map(find).filter(Boolean).join("; ") || null;
  if (!isJsonObject(body)) return null;
  const { message, msg, detail, error, title } = body;
  return find(message) ?? find(msg) ?? find(detail) ?? find(error) ?? ofFields(body) ?? find(title);
}

/** Rails: `{"text": ["can't be blank"]}`, also within `errors`. */
function ofFields(body: JsonObject): string | null {
  const fields = isJsonObject(body["errors"]) ? body["errors"] : body;
  const words = Object.entries(fields).flatMap(([field, value]) =>
    Array.isArray(value) && value.every((one) => typeof one === "string") ? [`${field} ${value.join(", ")}`] : [],
  );
  return words.length === 0 ? null : words.join("; ");
}

/**
 * The error as an order's owner reads it. With `retryAfterSeconds` another try costs nothing that was not paid yet; an
 * `upstream_failed` without is final.
 *
 * @param canResume the next try would go on where this one stopped
 */
export function toAppError(label: string, error: unknown, canResume = false): unknown {
  if (!(error instanceof WireError)) return error;
  const { status, said } = error;
  const upstream = (sentence: string, retryAfterSeconds?: number) =>
    new AppError(
      "upstream_failed",
      `${label} ${sentence}.`,
      retryAfterSeconds === undefined ? {} : { retryAfterSeconds },
    );
  if (status === 401 || status === 402 || status === 403) {
    log.error("A portrait engine refuses this installation", { engine: label, status, said });
    const why = status === 402 ? "has no credit left of this installation" : "refuses this installation's key";
    return upstream(`${why}${said === "" ? "" : `: ${said}`}`);
  }
  if (status !== null && [400, 409, 413, 415, 422].includes(status)) {
    return new AppError("invalid_input", `${label} refused the order: ${said === "" ? `status ${status}` : said}.`);
  }
  if (error.isUntaken || (canResume && error.isPassing)) {
    return upstream(error.message, error.retryAfterSeconds ?? busySeconds);
  }
  if (error.isUncertain) {
    return upstream(`${error.message}. Whether it made anything is unknown, so it is not asked again; order again`);
  }
  return upstream(error.message);
}
