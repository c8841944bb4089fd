import { vi } from "vitest";
import type { Ctx } from "@/lib/auth/context";
import { grant, readBalance } from "@/lib/billing/ledger";
import type { Db } from "@/lib/db/client";
import { testUser } from "@/lib/db/testing";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import type { Retrieved } from "@/lib/retrieve/retrieve";
import type { RetrievedItem } from "@/lib/retrieve/schemas";
import { type ChatParts, completeChat } from "./complete-chat";
import { ChatRequest } from "./schemas";

/** The only key that the fake provider takes. */
export const fakeKey = "fake-key";

/** The settings that make this process serve OpenAI's and Anthropic's models from a fake provider's address. */
export function serveFrom(url: string): void {
  vi.stubEnv("OPENAI_API_KEY", fakeKey);
  vi.stubEnv("OPENAI_BASE_URL", `${url}/v1`);
  vi.stubEnv("ANTHROPIC_API_KEY", fakeKey);
  vi.stubEnv("ANTHROPIC_BASE_URL", `${url}/v1`);
  vi.stubEnv("UPSTREAM_TIMEOUT_SECONDS", "2");
}

export const credit = 10_000_000n;

/** An account with ten dollars and a face called alice. */
export async function userWithFace(db: Db): Promise<Ctx> {
  const ctx = await testUser(db);
  const { accountId } = ctx.actor;
  await grant(db, { accountId, amountMicroUsd: credit, reference: "test" });
  const basicFacts = "Alice is a potter. She lives in Lisbon.";
  await db.face.create({ data: { id: newId("face"), accountId, username: "alice", name: "Alice Reyes", basicFacts } });
  return ctx;
}

export function primitive(id: string, text: string, quote: string, component = "beta"): RetrievedItem {
  const provenance = [{ document_id: "doc_1", version: 1, start: 0, end: quote.length, quote }];
  return { kind: "primitive", id, text, score: 5, tokens: 10, provenance, component, statement: text };
}

export function span(id: string, text: string, score = 5): RetrievedItem {
  const provenance = [{ document_id: "doc_1", version: 1, start: 0, end: text.length, quote: text }];
  return { kind: "span", id, text, score, tokens: 10, provenance };
}

export const found: Retrieved = {
  items: [span("span_1", "I fire the kiln at night because the street is quiet.")],
  core: [primitive("prim_1", "I value patience.", "Patience is all I have to sell.")],
  abstain: false,
  tokens: 20,
  tookMs: 1,
};

export const parts: ChatParts = {
  retrieve: () => Promise.resolve(found),
  toErrorBody: (error) => ({ error: { message: error instanceof AppError ? error.message : "unforeseen" } }),
};

/** One chat call as the route makes it. */
export function chat(ctx: Ctx, body: Record<string, unknown>, with_: ChatParts = parts): Promise<Response> {
  const request = {
    model: "alice@gpt-4o-mini",
    messages: [{ role: "user", content: "When do you fire the kiln?" }],
    ...body,
  };
  return completeChat(ctx, ChatRequest.parse(request), with_);
}

/** A context whose caller can go away. */
export function leaving(ctx: Ctx): { ctx: Ctx; leave: () => void } {
  const controller = new AbortController();
  return { ctx: { ...ctx, signal: controller.signal }, leave: () => controller.abort() };
}

/** Nothing held, and the balance is the credit less what the records say. */
export async function books(ctx: Ctx): Promise<{ records: number; cost: bigint; reserved: bigint; isExact: boolean }> {
  const { accountId } = ctx.actor;
  const records = await ctx.db.usageRecord.findMany({ where: { accountId } });
  const cost = records.reduce((sum, record) => sum + record.costMicroUsd, 0n);
  const { balanceMicroUsd, reservedMicroUsd } = await readBalance(ctx.db, accountId);
  return { records: records.length, cost, reserved: reservedMicroUsd, isExact: balanceMicroUsd === credit - cost };
}
