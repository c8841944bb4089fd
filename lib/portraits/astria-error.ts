import { z } from "zod";

const OurError = z.looseObject({
  detail: z.string(),
  error: z.looseObject({ code: z.string(), param: z.string().nullable() }),
  request_id: z.string(),
});

/**
 * An error as Astria's clients read it.
 *
 * `detail` and `code` are ours: the first for whoever reads errors of the other routes too, the second for programs.
 */
export type AstriaError = {
  error: string;
  message: string;
  /** by field, as Rails tells them; `base` is the request as a whole */
  errors: Record<string, string[]>;
  code: string;
  detail: string;
  request_id: string;
};

/** An answer of ours with its error in Astria's shape. Whatever else it is given stays as it is. */
export async function withAstriaErrors(response: Response): Promise<Response> {
  if (response.status < 400) return response;
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => null);
  const read = OurError.safeParse(body);
  if (!read.success) return response;
  const headers = new Headers(response.headers);
  headers.delete("content-length");
  const { detail, error, request_id } = read.data;
  const told: AstriaError = {
    error: detail,
    message: detail,
    errors: { [fieldOf(error.param)]: [detail] },
    code: error.code,
    detail,
    request_id,
  };
  return Response.json(told, { status: response.status, headers });
}

/** `tune.title` → `title`: Rails names fields without the model around them. */
function fieldOf(param: string | null): string {
  const field = (param ?? "").replace(/^(?:tune|prompt)\./u, "");
  return field === "" ? "base" : field;
}
