import { z } from "zod";

const types: Record<number, string> = {
  401: "authentication_error",
  402: "billing_error",
  403: "permission_error",
  404: "not_found_error",
  413: "request_too_large",
  429: "rate_limit_error",
};

const OurError = z.looseObject({ detail: z.string(), request_id: z.string() });

/** An error in the shape of Anthropic's API, whose SDK reads no other. */
export function toAnthropicError(status: number, message: string, requestId: string) {
  const type = types[status] ?? (status >= 500 ? "api_error" : "invalid_request_error");
  return { type: "error", error: { type, message }, request_id: requestId };
}

/**
 * An answer of ours as Anthropic's clients expect it: errors in Anthropic's shape, the request's id under its name.
 * Whatever else it is given stays as it is.
 */
export async function withAnthropicErrors(response: Response): Promise<Response> {
  const told = response.status < 400 ? response : await retold(response);
  const requestId = told.headers.get("x-request-id");
  if (requestId !== null && !told.headers.has("request-id")) told.headers.set("request-id", requestId);
  return told;
}

async function retold(response: Response): Promise<Response> {
  const error = OurError.safeParse(
    await response
      .clone()
      .json()
      .catch(() => null),
  );
  if (!error.success) return response;
  const body = toAnthropicError(response.status, error.data.detail, error.data.request_id);
  return Response.json(body, { status: response.status, headers: headersOf(response) });
}

function headersOf(response: Response): Headers {
  const headers = new Headers(response.headers);
  headers.delete("content-length");
  return headers;
}
