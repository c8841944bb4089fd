import { newId } from "@/lib/ids";
import type { Scope } from "@/lib/auth/context";
import type { Thing, Things } from "./routes-matrix-testing";

/** What a route answers to whom. Everything that is not said here is the same for all of them. */
export type Row = {
  /** what a key needs; null: anybody may call */
  scope: Scope | null;
  /** what its owner gets */
  owner: number;
  /** what they get while the account is frozen, when that is something else */
  frozen?: number;
  /** what an API key of theirs gets that has every scope, when that is something else */
  key?: number;
  /** whether the owner has to be an admin; everybody else gets 403 */
  isAdmin?: true;
  /** what `{id}` in the path names */
  id?: Thing;
  /** what `{id}` in the path names where the number means no more than any other: nobody asks whose it is */
  anybodys?: Thing;
  /** things that are named in the query or the body */
  named?: Thing[];
  query?: (things: Things) => string;
  json?: (things: Things) => unknown;
  /** a body that costs money: nobody pays for it while the account is frozen, and the model behind it is not there */
  billed?: (things: Things) => unknown;
  /** its answer is a stream that holds something until it was read */
  isExclusive?: true;
  /** the body is a form with a file */
  isForm?: true | "recording";
};

const hello = [{ role: "user", content: "What do you like?" }];
const chat = (things: Things) => ({ model: `${things.face}@builtin`, messages: hello });
const bare = (model: string) => () => ({ model, max_tokens: 5, messages: hello });
const paid = ({ face }: Things) => ({ model: `${face}@gpt-4o`, max_tokens: 5, messages: hello });
const text = () => ({ content: "I love rain.", type: "document" });
const aPortrait = ({ tune }: Things) => ({ text: `<faceid:${tune}:1> in a forest` });
const read = { scope: "faces:read", owner: 200 } as const;
const write = { scope: "faces:write", owner: 200 } as const;
const person = { scope: "account", owner: 200, key: 403 } as const;
const admin = { scope: "account", owner: 200, key: 403, isAdmin: true } as const;
const bill = { scope: "billing:read", owner: 200 } as const;
const talk = { scope: "chat", owner: 200 } as const;
const anybody = { scope: null } as const;
/** Without Stripe. */
const pay = { scope: "billing:write", owner: 422 } as const;

/** Every route of the product: a new one that is not here fails the test. */
export const rows: Record<string, Row> = {
  "GET /api/health": { ...anybody, owner: 200 },
  "GET /v1/openapi.json": { ...anybody, owner: 200 },
  "GET /auth/nonce/{address}": { ...anybody, owner: 200 },
  "POST /auth/verify": { ...anybody, owner: 422 },
  "POST /auth/register": { ...anybody, owner: 422 },
  "POST /auth/login": { ...anybody, owner: 422 },
  "POST /auth/refresh": { ...anybody, owner: 200, key: 401 },
  "POST /auth/logout": { ...person },
  "POST /v1/billing/webhook": { ...anybody, owner: 422 },

  "GET /v1/account": { ...read },
  "PATCH /v1/account": { ...person, json: () => ({ name: "Ann" }) },
  "DELETE /v1/account": { ...person, json: ({ wallet }) => ({ confirm: wallet }) },
  "GET /v1/account/export": { ...person, key: 200, isExclusive: true },
  "GET /v1/account/sessions": { ...person, key: 200 },
  "DELETE /v1/account/sessions": { ...person },
  "DELETE /v1/account/sessions/{id}": { ...person, id: "session" },
  "GET /v1/account/wallets": { ...person, key: 200 },
  "POST /v1/account/wallets": { ...person, owner: 422, key: 422 },
  "DELETE /v1/account/wallets/{address}": { ...person, id: "wallet" },
  "GET /v1/account/wallets/nonce/{address}": { ...person },

  "GET /v1/admin/accounts": { ...admin },
  "PATCH /v1/admin/accounts/{id}": { ...admin, id: "account", json: () => ({ plan: "standard" }) },
  "GET /v1/admin/health": { ...admin },
  "POST /v1/admin/credits": {
    ...admin,
    scope: "billing:write",
    owner: 201,
    json: ({ account }) => ({ account, amount_usd: 1 }),
  },
  "GET /v1/invites": { ...admin },
  "POST /v1/invites": { ...admin, owner: 201, json: () => ({}) },
  "DELETE /v1/invites/{id}": { ...admin, id: "invite" },

  "GET /v1/api-keys": { scope: "keys", owner: 200 },
  "POST /v1/api-keys": { scope: "keys", owner: 201, json: () => ({ name: "new" }) },
  "PATCH /v1/api-keys/{id}": { scope: "keys", owner: 200, id: "key", json: () => ({ name: "new" }) },
  "DELETE /v1/api-keys/{id}": { scope: "keys", owner: 200, id: "key" },
  "POST /v1/api-keys/{id}/rotate": { scope: "keys", owner: 200, id: "key", json: () => ({}) },

  "GET /v1/billing/balance": { ...bill },
  "GET /v1/billing/compile-quota": { ...bill },
  "PATCH /v1/billing/compile-quota": { ...bill, scope: "billing:write", json: () => ({ overflow_enabled: false }) },
  "GET /v1/billing/notices": { ...bill },
  "POST /v1/billing/notices/{id}/read": { ...bill, scope: "billing:write", id: "notice" },
  "GET /v1/billing/compile-quota/forecast": { ...bill },
  "GET /v1/billing/plans": { ...bill },
  "GET /v1/billing/usage": { ...bill },
  "GET /v1/billing/usage/records": { ...bill },
  "GET /v1/billing/statement": { ...bill },
  "GET /v1/billing/subscription": { ...bill },
  "POST /v1/billing/subscription/cancel": { ...pay },
  "POST /v1/billing/card-setup": { ...pay },
  "POST /v1/billing/checkout": { ...pay, query: () => "?plan=pro" },
  "POST /v1/billing/topup": { ...pay, json: () => ({ amount_usd: 10 }) },

  "GET /v1/faces": { ...read },
  "POST /v1/faces": { ...write, owner: 201, json: () => ({ username: "new-face" }) },
  "POST /v1/faces/import": {
    ...write,
    owner: 201,
    named: ["face"],
    json: ({ face }) => ({ copy_of: face }),
  },
  "GET /v1/faces/diff": { ...read, named: ["face"], query: ({ face }) => `?faces=${face},spare` },
  "GET /v1/faces/{face}": { ...read },
  "PATCH /v1/faces/{face}": { ...write, json: () => ({ name: "Ann" }) },
  "DELETE /v1/faces/{face}": { ...write },
  "GET /v1/faces/{face}/documents": { ...read },
  "POST /v1/faces/{face}/documents": { ...write, owner: 201, json: text },
  "GET /v1/faces/{face}/documents/{document}": { ...read },
  "PATCH /v1/faces/{face}/documents/{document}": { ...write, json: () => ({ label: "b" }) },
  "DELETE /v1/faces/{face}/documents/{document}": { ...write },
  // it was pasted: there is no file
  "GET /v1/faces/{face}/documents/{document}/file": { ...read, owner: 404 },
  "GET /v1/faces/{face}/threads": { ...read },
  "POST /v1/faces/{face}/threads": {
    ...write,
    owner: 201,
    json: () => ({ content: "Ann: Hi.\nBob: Hello.", face_speaker: "Ann" }),
  },
  "GET /v1/faces/{face}/upload": { ...read },
  "POST /v1/faces/{face}/upload": { ...write, owner: 201, isForm: true },
  "POST /v1/faces/{face}/speakers": { ...write, isForm: true },
  // who transcribes refuses
  "POST /v1/faces/{face}/transcribe": { ...write, owner: 422, frozen: 402, isForm: "recording" },
  "POST /v1/faces/{face}/import": {
    ...write,
    owner: 422,
    json: () => ({ url: "http://127.0.0.1/", type: "document" }),
  },
  "GET /v1/faces/{face}/export": { ...read },
  "POST /v1/faces/{face}/export": { ...read, json: () => ({ format: "json" }) },
  "GET /v1/faces/{face}/embed": { ...read },
  "PUT /v1/faces/{face}/embed": { ...write, json: () => ({ origins: ["https://example.com"] }) },
  "DELETE /v1/faces/{face}/embed": { ...write },
  "POST /v1/faces/{face}/embed/rotate": { ...write },
  "GET /v1/faces/{face}/fidelity": { ...read },
  "POST /v1/faces/{face}/fidelity": { ...write },
  "GET /v1/faces/{face}/findings": { ...read },
  "GET /v1/faces/{face}/graph": { ...read },
  "GET /v1/faces/{face}/graph/map": { ...read },
  "GET /v1/faces/{face}/neighbors": { ...read },
  "GET /v1/faces/{face}/primitives": { ...read },
  "PATCH /v1/faces/{face}/primitives": {
    ...write,
    json: ({ primitive }) => ({ ids: [primitive], pinned: true }),
  },
  "GET /v1/faces/{face}/primitives/counts": { ...read },
  "GET /v1/faces/{face}/primitives/{primitive}": { ...read },
  "PATCH /v1/faces/{face}/primitives/{primitive}": { ...write, json: () => ({ pinned: true }) },
  "POST /v1/faces/{face}/search": { ...read, json: () => ({ query: "tea" }) },
  "POST /v1/faces/{face}/sync": { ...write, owner: 202, frozen: 402 },
  "DELETE /v1/faces/{face}/sync": { ...write },
  "GET /v1/faces/{face}/sync/events": { ...read },
  "GET /v1/faces/{face}/versions": { ...read },
  "GET /v1/faces/{face}/versions/{a}/diff/{b}": { ...read },
  "POST /v1/faces/{face}/versions/{a}/restore": { ...write },
  "GET /v1/faces/{face}/voice": { ...read },

  "GET /v1/portraits": { ...read },
  "GET /v1/portraits/{portrait}": { ...read },
  "PATCH /v1/portraits/{portrait}": { ...write, json: () => ({ is_favourite: true }) },
  "DELETE /v1/portraits/{portrait}": { ...write },
  "POST /v1/portraits/{portrait}/upscale": { ...write, owner: 201 },
  "GET /v1/portraits/engines": { ...read },
  "GET /v1/portraits/orders": { ...read },
  "POST /v1/portraits/orders": { ...write, owner: 201, json: aPortrait },
  "GET /v1/portraits/orders/{order}": { ...read },
  "DELETE /v1/portraits/orders/{order}": { ...write },
  // it has been made
  "POST /v1/portraits/orders/{order}/cancel": { ...write, owner: 409 },
  "POST /v1/portraits/read": { ...read, json: aPortrait },
  "PUT /v1/faces/{face}/picture": {
    ...write,
    named: ["portrait"],
    json: ({ portrait }) => ({ portrait_id: portrait }),
  },
  "DELETE /v1/faces/{face}/picture": { ...write },
  "GET /v1/portraits/tunes": { ...read, named: ["face"], query: ({ face }) => `?face=${face}` },
  // no photo is sent
  "POST /v1/portraits/tunes": { ...write, owner: 422, json: () => ({ title: "Ann", consent: "She agrees." }) },
  "POST /v1/portraits/photos": { ...write, owner: 422, json: () => ({}) },
  "GET /v1/portraits/tunes/{tune}": { ...read },
  "PATCH /v1/portraits/tunes/{tune}": { ...write, json: () => ({ title: "Anna" }) },
  "DELETE /v1/portraits/tunes/{tune}": { ...write },
  "DELETE /v1/portraits/photos/{photo}": { ...write },
  "GET /v1/portraits/deliveries": { ...read },
  "POST /v1/portraits/deliveries/{delivery}/resend": { ...write },
  // the address is not signed
  "GET /files/{kind}/{id}": { ...anybody, owner: 403, id: "photo" },
  "GET /gallery/tunes": { ...anybody, owner: 200 },
  "GET /cli/models": { ...anybody, owner: 200 },
  "GET /users": { ...read },
  "GET /tunes": { ...read },
  "POST /tunes": { ...write, owner: 422, json: () => ({ tune: { title: "Ann" } }) },
  "GET /tunes/{id}": { ...read, id: "tune" },
  "PATCH /tunes/{id}": { ...write, id: "tune", json: () => ({ tune: { title: "Anna" } }) },
  "DELETE /tunes/{id}": { ...write, id: "tune" },
  "GET /prompts": { ...read },
  "GET /prompts/{prompt}": { ...read },
  "DELETE /prompts/{prompt}": { ...write },
  "GET /tunes/{id}/prompts": { ...read, anybodys: "tune" },
  "POST /tunes/{id}/prompts": {
    ...write,
    owner: 201,
    anybodys: "tune",
    json: (things) => ({ prompt: aPortrait(things) }),
  },
  "GET /tunes/{id}/prompts/{prompt}": { ...read, anybodys: "tune" },
  "DELETE /tunes/{id}/prompts/{prompt}": { ...write, anybodys: "tune" },

  "GET /v1/embeds/{token}": { ...anybody, owner: 200 },
  // it comes from no page of ours
  "POST /v1/embeds/{token}/chat": { ...anybody, owner: 403, json: () => ({ visitor: "", messages: hello }) },

  "POST /v1/chat/completions": { ...talk, named: ["face"], billed: paid, json: chat },
  "POST /v1/messages": {
    ...talk,
    named: ["face"],
    billed: paid,
    json: (things) => ({ ...chat(things), max_tokens: 50 }),
  },
  "POST /v1/messages/count_tokens": { ...talk, named: ["face"], json: chat },
  "POST /v1/responses": {
    ...talk,
    named: ["response"],
    billed: ({ face }) => ({ model: `${face}@gpt-4o`, input: "Hi" }),
    json: ({ response }) => ({ model: "builtin", input: "Hi", previous_response_id: response }),
  },
  "POST /v1/responses/input_tokens": { ...talk, named: ["face"], json: ({ face }) => ({ model: face, input: "Hi" }) },
  "GET /v1/responses/{id}": { ...talk, id: "response" },
  "DELETE /v1/responses/{id}": { ...talk, id: "response" },
  "POST /v1/responses/{id}/cancel": { ...talk, owner: 422 },
  "GET /v1/responses/{id}/input_items": { ...talk, id: "response" },
  // the providers are not there
  "POST /v1/openai/chat/completions": { ...talk, owner: 502, frozen: 402, json: bare("gpt-4o") },
  "POST /v1/anthropic/messages": { ...talk, owner: 502, frozen: 402, json: bare("claude-sonnet-4-5") },
  "POST /v1/anthropic/v1/messages": { ...talk, owner: 502, frozen: 402, json: bare("claude-sonnet-4-5") },
  "GET /v1/models": { ...talk },
  "GET /v1/models/{model}": { ...talk, named: ["model"] },
  "GET /v1/traces/{id}": { ...talk, id: "trace" },
  "GET /v1/conversations": { ...talk },
  "POST /v1/conversations": { ...talk, owner: 201, named: ["face"], json: ({ face }) => ({ face }) },
  "DELETE /v1/conversations": { ...talk },
  "GET /v1/conversations/{id}": { ...talk, id: "conversation" },
  "PATCH /v1/conversations/{id}": { ...talk, id: "conversation", json: () => ({ title: "Tea" }) },
  "DELETE /v1/conversations/{id}": { ...talk, id: "conversation" },
  "GET /v1/conversations/{id}/export": { ...talk, id: "conversation" },
  "POST /v1/conversations/{id}/messages": {
    ...talk,
    owner: 201,
    id: "conversation",
    json: () => ({ messages: [{ id: newId("message"), role: "user", content: "Tea?" }] }),
  },
};

for (const method of ["GET", "POST", "PATCH", "PUT", "DELETE"]) {
  rows[`${method} /v1/{missing}`] = { scope: null, owner: 404 };
}

/** What a variable names where a row does not say: a wallet's address may be anybody's. */
export const addressKinds = { id: "trace", address: "wallet" } as const;
