import { jsonReply, type ProviderError, type Reply, type Wire } from "./reply";

const OPENAI_TYPES: Record<number, string> = {
  401: "invalid_request_error",
  429: "requests",
  500: "server_error",
  503: "server_error",
};

// https://docs.anthropic.com/en/api/errors
const ANTHROPIC_TYPES: Record<number, string> = {
  400: "invalid_request_error",
  401: "authentication_error",
  402: "billing_error",
  403: "permission_error",
  404: "not_found_error",
  413: "request_too_large",
  429: "rate_limit_error",
  500: "api_error",
  529: "overloaded_error",
};

/** The error's body in the given wire's own shape. */
export function errorBody(wire: Wire, error: ProviderError, requestId: string): Record<string, unknown> {
  const fallback = error.status >= 500 ? "api_error" : "invalid_request_error";
  if (wire === "anthropic") {
    return {
      type: "error",
      error: { type: ANTHROPIC_TYPES[error.status] ?? fallback, message: error.message },
      request_id: requestId,
    };
  }

  const type = OPENAI_TYPES[error.status] ?? (error.status >= 500 ? "server_error" : "invalid_request_error");
  const { param = null, code = null } = error.details;
  return { error: { message: error.message, type, param, code } };
}

export function errorReply(
  wire: Wire,
  error: ProviderError,
  requestId: string,
  headers: Record<string, string> = {},
): Reply {
  return jsonReply(errorBody(wire, error, requestId), error.status, headers);
}
