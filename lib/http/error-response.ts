import { toAnthropicError } from "@/lib/chat/anthropic-error";
import { AppError, type ErrorCode } from "@/lib/errors";
import { redactKeys } from "@/lib/redact-keys";
import { log } from "@/lib/log";

/** The one place where an error becomes HTTP: a new code without a status does not compile. */
export const statusOf: Record<ErrorCode, number> = {
  unauthorized: 401,
  insufficient_credits: 402,
  quota_exceeded: 402,
  budget_exceeded: 402,
  account_frozen: 402,
  payment_failed: 402,
  forbidden: 403,
  plan_limit: 403,
  not_found: 404,
  model_not_found: 404,
  conflict: 409,
  idempotency_mismatch: 409,
  too_large: 413,
  unsupported_type: 415,
  invalid_input: 422,
  offset_too_deep: 400,
  payments_not_configured: 422,
  unreadable: 422,
  rate_limited: 429,
  upstream_failed: 502,
  unavailable: 503,
};

/** OpenAI's `error.type` for a status, which its SDKs print. */
function openAiType(status: number): string {
  if (status === 401) return "authentication_error";
  if (status === 402) return "insufficient_quota";
  if (status === 403) return "permission_error";
  if (status === 429) return "rate_limit_error";
  return status >= 500 ? "server_error" : "invalid_request_error";
}

/** What went wrong, as every route tells it: `detail` for the seeds' readers, `error` for OpenAI's SDK. */
export type ErrorBody = {
  detail: string;
  error: { message: string; type: string; code: string; param: string | null };
  request_id: string;
};

/** The body and the status of an error that a caller may see. */
export function toErrorBody(error: AppError, requestId: string): { status: number; body: ErrorBody } {
  const status = statusOf[error.code];
  // whoever sends a key in the place of a name reads it in the sentence that says so, and so does whoever logs that
  const message = redactKeys(error.message);
  return {
    status,
    body: {
      detail: message,
      error: { message, type: openAiType(status), code: error.code, param: error.param },
      request_id: requestId,
    },
  };
}

/** Anything thrown as the body of an error of Anthropic's. */
export function anthropicErrorBody(error: unknown, requestId: string) {
  const known = toAppError(error, requestId);
  return toAnthropicError(statusOf[known.code], redactKeys(known.message), requestId);
}

/** Turns anything thrown into an AppError; what nobody foresaw is logged and told without its inside. */
export function toAppError(error: unknown, requestId: string): AppError {
  if (error instanceof AppError) return error;
  log.error("unforeseen error", { requestId, error });
  return new AppError("unavailable", "Something broke on our side. Try again; if it stays, name the request id.");
}

/** The response for anything thrown. */
export function errorResponse(error: unknown, requestId: string): Response {
  const known = toAppError(error, requestId);
  const { status, body } = toErrorBody(known, requestId);
  const headers = new Headers({ "x-request-id": requestId });
  if (known.retryAfterSeconds !== null) headers.set("retry-after", String(Math.ceil(known.retryAfterSeconds)));
  if (status === 401) headers.set("www-authenticate", 'Bearer realm="faces"');
  return Response.json(body, { status, headers });
}
