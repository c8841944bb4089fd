import { afterEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { ApiError, dataOf, fetchJson, request } from "./fetch-json";

afterEach(() => vi.unstubAllGlobals());

function answer(status: number, body: unknown, headers: Record<string, string> = {}) {
  vi.stubGlobal(
    "fetch",
    async () => new Response(typeof body === "string" ? body : JSON.stringify(body), { status, headers }),
  );
}

async function errorOf(promise: Promise<unknown>): Promise<ApiError> {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ApiError)) throw new Error("expected an ApiError");
  return error;
}

describe("fetchJson", () => {
  it("returns the checked body", async () => {
    answer(200, { data: { id: "face_1" } });
    expect(await fetchJson("/v1/faces/a", dataOf(z.object({ id: z.string() })))).toEqual({ data: { id: "face_1" } });
  });

  it("carries the contract's sentence, code, field and request id", async () => {
    answer(422, {
      detail: "Small letters only.",
      error: { code: "invalid_input", param: "username" },
      request_id: "req_1",
    });
    const error = await errorOf(request("/v1/faces"));
    expect(error).toMatchObject({
      message: "Small letters only.",
      status: 422,
      code: "invalid_input",
      param: "username",
      requestId: "req_1",
    });
  });

  it("says the status when something else than the API answers", async () => {
    answer(503, "<html>", { "x-request-id": "req_2" });
    expect(await errorOf(request("/v1/faces"))).toMatchObject({
      message: "The server answered with status 503 and no reason.",
      requestId: "req_2",
    });
  });

  it("refuses an answer of another shape", async () => {
    answer(200, { data: { id: 7 } });
    expect(await errorOf(fetchJson("/v1/faces/a", dataOf(z.object({ id: z.string() }))))).toMatchObject({
      code: "unexpected_answer",
      param: "data.id",
    });
  });

  it("explains a server that cannot be reached", async () => {
    vi.stubGlobal("fetch", async () => Promise.reject(new TypeError("fetch failed")));
    expect(await errorOf(request("/v1/faces"))).toMatchObject({ status: 0, code: "no_answer" });
  });
});
