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

/** Retells an error of ours in Anthropic's shape; whatever else it is given stays as it is. */
export async function withAnthropicErrors(response: Response): Promise<Response> {
  if (response.status < 400) return response;
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
