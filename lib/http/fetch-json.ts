import { z } from "zod";
import { parseJson } from "@/lib/json";

/** The contract's error body. Lenient: a proxy in between may answer with something else. */
const ErrorBody = z.object({
  detail: z.string().optional(),
  error: z.object({ code: z.string().nullish(), param: z.string().nullish() }).partial().optional(),
  request_id: z.string().optional(),
});

type ApiErrorFields = { status: number; code: string; requestId: string | null; param: string | null };

/** A request to `/v1` that did not succeed. Its message is a whole sentence, fit to show. */
export class ApiError extends Error {
  /** HTTP status; 0 when there was no answer at all. */
  readonly status: number;
  readonly code: string;
  readonly requestId: string | null;
  /** The field that is wrong, as it was sent. */
  readonly param: string | null;

  constructor(message: string, fields: ApiErrorFields) {
    super(message);
    this.name = "ApiError";
    this.status = fields.status;
    this.code = fields.code;
    this.requestId = fields.requestId;
    this.param = fields.param;
  }
}

export type RequestOptions = {
  method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** sent as JSON; a form as a form */
  body?: unknown;
  signal?: AbortSignal | undefined;
  headers?: Record<string, string>;
};

/**
 * One request to the API with the cookie session of this browser.
 *
 * @throws {ApiError} no answer, or an answer that is not a success
 */
export async function request(path: string, options: RequestOptions = {}): Promise<Response> {
  const response = await send(path, options);
  if (!response.ok) throw await toApiError(response);
  return response;
}

/**
 * Fetches JSON and checks its shape, so that no component ever meets an answer it does not know.
 *
 * @param schema the whole body, envelope included: see {@link dataOf} and {@link pageOf}
 * @throws {ApiError} no answer, a failure, or a body of another shape (`unexpected_answer`)
 */
export async function fetchJson<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
  options: RequestOptions = {},
): Promise<z.infer<Schema>> {
  const response = await request(path, options);
  const parsed = schema.safeParse(await response.json().catch(() => null));
  if (!parsed.success) {
    throw new ApiError(
      "The server answered in a form that this page does not know. Reload the page; if it stays, the page and the server are of different versions.",
      {
        status: response.status,
        code: "unexpected_answer",
        requestId: response.headers.get("x-request-id"),
        param: parsed.error.issues[0]?.path.join(".") ?? null,
      },
    );
  }
  return parsed.data;
}

/** The envelope of one thing: `{data}`. */
export const dataOf = <Schema extends z.ZodType>(schema: Schema) => z.object({ data: schema });

/** The envelope of a list: `{data: […], has_more, next_cursor}`. */
export const pageOf = <Schema extends z.ZodType>(schema: Schema) =>
  z.object({ data: z.array(schema), has_more: z.boolean().default(false), next_cursor: z.string().nullish() });

async function send(path: string, { method = "GET", body, signal, headers }: RequestOptions): Promise<Response> {
  const isForm = body instanceof FormData;
  try {
    return await fetch(path, {
      method,
      credentials: "same-origin",
      headers: {
        accept: "application/json",
        ...(body === undefined || isForm ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new ApiError(
      "The server did not answer. Check that it is running and that this device is connected, then try again.",
      {
        status: 0,
        code: "no_answer",
        requestId: null,
        param: null,
      },
    );
  }
}

export async function toApiError(response: Response): Promise<ApiError> {
  return apiErrorOf(response.status, await response.text().catch(() => ""), response.headers.get("x-request-id"));
}

/** Reads an error body, also of an upload, where there is no `Response`. */
export function apiErrorOf(status: number, text: string, requestId: string | null): ApiError {
  const parsed = ErrorBody.safeParse(parseJson(text));
  const body = parsed.success ? parsed.data : {};
  return new ApiError(body.detail ?? `The server answered with status ${status} and no reason.`, {
    status,
    code: body.error?.code ?? "unknown",
    requestId: body.request_id ?? requestId,
    param: body.error?.param ?? null,
  });
}
