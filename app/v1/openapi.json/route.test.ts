import { expect, test, vi } from "vitest";
import { testDatabase } from "@/lib/db/testing";
import { GET } from "./route";

vi.mock("@/lib/openapi/read-document", () => ({
  readOpenApi: () => ({ openapi: "3.1.1", info: { title: "Faces", version: "0" }, servers: [], paths: {} }),
}));
await testDatabase();

const ask = (headers: Record<string, string> = {}) =>
  GET(new Request("http://faces.test/v1/openapi.json", { headers }), { params: Promise.resolve({}) });

test("anybody reads the document, and who has it already is told so", async () => {
  const first = await ask();
  expect(first.status).toBe(200);
  expect(await first.json()).toMatchObject({ openapi: "3.1.1" });
  const etag = first.headers.get("etag") ?? "";
  expect(etag).toMatch(/^"[\w-]{22}"$/);
  const again = await ask({ "if-none-match": etag });
  expect([again.status, await again.text()]).toEqual([304, ""]);
});
