import type { Ctx } from "@/lib/auth/context";
import { createKey } from "@/lib/keys/create-key";
import { CreateKeyInput } from "@/lib/keys/schemas";

type Handler = (request: Request, next: { params: Promise<Record<string, string>> }) => Promise<Response>;
type Call = {
  method?: string;
  params?: Record<string, string>;
  query?: string;
  json?: unknown;
  body?: BodyInit;
  headers?: HeadersInit;
};

/** Makes a caller with a new API key of the account: calls route handlers as HTTP would, without a server. */
export async function testCaller(ctx: Ctx, limits: Partial<CreateKeyInput> = {}) {
  const { key } = await createKey(ctx, CreateKeyInput.parse({ name: "test", ...limits }));
  return {
    key,
    async call(handler: Handler, { method = "GET", params = {}, query = "", json, body, headers }: Call = {}) {
      const all = new Headers(headers);
      all.set("authorization", `Bearer ${key}`);
      if (json !== undefined) all.set("content-type", "application/json");
      const init = {
        method,
        headers: all,
        body: json === undefined ? (body ?? null) : JSON.stringify(json),
        duplex: "half",
      };
      const response = await handler(new Request(`http://faces.test/v1/x${query}`, init), {
        params: Promise.resolve(params),
      });
      const text = await response.text();
      return {
        status: response.status,
        headers: response.headers,
        body: text === "" ? null : (JSON.parse(text) as unknown),
      };
    },
  };
}
