/**
 * A process that answers one chat as a server does, says on its standard output what it delivers, and is killed by the
 * test in the middle. Its clock runs twenty times as fast, so that it notes soon.
 */
import type { Ctx } from "@/lib/auth/context";
import { scopes } from "@/lib/auth/context";
import { db } from "@/lib/db/client";
import { completeChat } from "./complete-chat";

const haste = 20;
const now = performance.now.bind(performance);
performance.now = () => now() * haste;
const every = setInterval;
const hasty = (work: () => void, ms: number) => every(work, ms / haste);
globalThis.setInterval = hasty as typeof setInterval;

const [accountId = "", question = ""] = process.argv.slice(2);
const ctx: Ctx = {
  actor: { accountId, isAdmin: false, isFrozen: false, scopes, credential: { kind: "session", sessionId: "s" } },
  db: db(),
  requestId: "req_victim",
  signal: new AbortController().signal,
};
const request = { model: "gpt-4o-mini", stream: true, messages: [{ role: "user" as const, content: question }] };
const response = await completeChat(ctx, request, {
  retrieve: () => Promise.reject(new Error("no face is asked")),
  toErrorBody: String,
});
for await (const bytes of response.body ?? []) process.stdout.write(bytes);
