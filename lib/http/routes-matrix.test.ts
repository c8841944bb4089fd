import { once } from "node:events";
import { readdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { scopes } from "@/lib/auth/context";
import { closePool } from "@/lib/compute/pool";
import { testDatabase, testUser } from "@/lib/db/testing";
import { createKey } from "@/lib/keys/create-key";
import { CreateKeyInput } from "@/lib/keys/schemas";
import { addressKinds, rows, type Row } from "./routes-matrix-table";
import { makeWorld, missingThings, type Thing, type Things, type World } from "./routes-matrix-testing";
import type { RouteHandler } from "./node-adapter";
import { replyFault } from "./reply-testing";

const methods = ["GET", "POST", "PATCH", "PUT", "DELETE"] as const;
/** next-auth's own: it answers pages, not programs (lib/auth/verify-sign-in.test.ts). */
const notOurs = ["app/api/auth/[...nextauth]/route.ts"];

// the build leaves it, which no test runs
vi.mock("@/lib/openapi/read-document", () => ({
  readOpenApi: () => ({ openapi: "3.1.1", info: { title: "Faces", version: "0" }, servers: [], paths: {} }),
}));

// models that cost, and are not there
for (const provider of ["OPENAI", "ANTHROPIC"]) {
  vi.stubEnv(`${provider}_API_KEY`, "none");
  vi.stubEnv(`${provider}_BASE_URL`, "http://127.0.0.1:9/v1");
}

// one that refuses, so that nobody asks it twice
const refusing = createServer((incoming, outgoing) => {
  incoming.resume().once("end", () => outgoing.writeHead(400).end("{}"));
}).listen(0, "127.0.0.1");
await once(refusing, "listening");
vi.stubEnv("TRANSCRIBE_BASE_URL", `http://127.0.0.1:${(refusing.address() as AddressInfo).port}/v1`);

const { db } = await testDatabase();
const found = await findRoutes();
const table = Object.keys(rows);
const answered: Record<string, string[]> = {};

type Shared = {
  owner: World;
  other: World;
  admin: World;
  frozen: World;
  revoked: string;
  expired: string;
  hosts: string;
};
let shared: Shared;

beforeAll(async () => {
  const [owner, other] = [await makeWorld(db), await makeWorld(db)];
  const [admin, frozen] = [await makeWorld(db, { isAdmin: true }), await makeWorld(db, { isFrozen: true })];
  const keys = await testUser(db);
  const make = async (input: object = {}) =>
    createKey(keys, CreateKeyInput.parse({ name: "k", scopes: [...scopes], ...input }));
  const [revoked, expired, hosts] = [await make(), await make(), await make({ allowlist: ["app.example.com"] })];
  await db.apiKey.update({ where: { id: revoked.id }, data: { revokedAt: new Date() } });
  await db.apiKey.update({ where: { id: expired.id }, data: { expiresAt: new Date() } });
  shared = { owner, other, admin, frozen, revoked: revoked.key, expired: expired.key, hosts: hosts.key };
});
afterAll(async () => {
  refusing.close();
  await closePool();
  const file = process.env["MATRIX_FILE"];
  if (file !== undefined) writeFileSync(file, markdown());
});

/** Every route module's handlers, as `METHOD /path/{variable}`. */
async function findRoutes(): Promise<Map<string, RouteHandler>> {
  const all = new Map<string, RouteHandler>();
  const files = readdirSync("app", { recursive: true, encoding: "utf8" }).map((file) => join("app", file));
  for (const file of files.filter((one) => /(?:^|[/\\])route\.tsx?$/.test(one) && !notOurs.includes(one))) {
    const module = (await import(/* @vite-ignore */ join(process.cwd(), file))) as Record<string, RouteHandler>;
    const path = file
      .slice("app".length)
      .replace(/[/\\]route\.tsx?$/, "")
      .replaceAll(/\[(?:\.\.\.)?(\w+)\]/g, "{$1}");
    for (const method of methods) if (module[method] !== undefined) all.set(`${method} ${path}`, module[method]);
  }
  return all;
}

type Answer = { status: number; text: string };

/** Calls a route about these things. */
async function call(
  name: string,
  things: Things,
  headers: Record<string, string>,
  json = rows[name]?.json,
): Promise<Answer> {
  const row = rows[name];
  const handler = found.get(name);
  if (row === undefined || handler === undefined) throw new Error(`There is no route ${name}.`);
  const [method = "", path = ""] = name.split(" ");
  const params = Object.fromEntries(namesOf(path).map((one) => [one, valueOf(row, one, things)]));
  const url = path.replaceAll(/\{(\w+)\}/g, (_all, one: string) => encodeURIComponent(String(params[one])));
  const init: RequestInit = { method, headers: new Headers(headers) };
  if (row.isForm) {
    const form = new FormData();
    const text = new File(["Ann: I love tea.\nBob: I do not."], "a.txt");
    form.set("file", row.isForm === "recording" ? silence() : text);
    init.body = form;
  } else if (json !== undefined) init.body = JSON.stringify(json(things));
  const request = new Request(`http://faces.test${url}${row.query?.(things) ?? ""}`, init);
  const response = await handler(request, { params: Promise.resolve(params as Record<string, string>) });
  if (response.status >= 400) return { status: response.status, text: await response.text() };
  expect(await replyFault(handler, response), `the document of ${name}`).toBeNull();
  await response.body?.cancel();
  return { status: response.status, text: "" };
}

/** A second of nothing, as a recording. */
function silence(): File {
  const rate = 8_000;
  const bytes = Buffer.alloc(44 + rate * 2);
  bytes.write("RIFF", 0);
  bytes.writeUInt32LE(bytes.length - 8, 4);
  bytes.write("WAVEfmt ", 8);
  // 16 bytes of format: PCM, one channel, 16 bits
  for (const [at, value] of [
    [16, 16],
    [24, rate],
    [28, rate * 2],
    [40, rate * 2],
  ] as const)
    bytes.writeUInt32LE(value, at);
  for (const [at, value] of [
    [20, 1],
    [22, 1],
    [32, 2],
    [34, 16],
  ] as const)
    bytes.writeUInt16LE(value, at);
  bytes.write("data", 36);
  return new File([bytes], "a.wav", { type: "audio/wav" });
}

function namesOf(path: string): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
}

function valueOf(row: Row, name: string, things: Things): string | string[] {
  if (name === "missing" || name === "model") return [name === "model" ? things.model : "nothing"];
  if (name === "a" || name === "b") return "1";
  if (name === "kind") return "photos";
  if (name === "id" || name === "address")
    return row.id === undefined ? things[row.anybodys ?? addressKinds[name]] : things[row.id];
  return things[name as Thing];
}

const bearer = (credential: string) => ({ authorization: `Bearer ${credential}` });

const ownedInPath: Thing[] = [
  "face",
  "document",
  "primitive",
  "tune",
  "photo",
  "prompt",
  "portrait",
  "order",
  "delivery",
];

/** The things that a request names, which may be somebody else's. */
function namedThings(name: string, row: Row): Thing[] {
  const inPath = namesOf(name).filter((one): one is Thing => (ownedInPath as string[]).includes(one));
  return [...inPath, ...(row.id === undefined ? [] : [row.id]), ...(row.named ?? [])].filter((one) => one !== "model");
}

/** An answer without what is in it of the request's own. */
function masked({ status, text }: Answer, things: Things): Answer {
  let bare = text.replaceAll(/req_[0-9a-z]{26}/g, "REQUEST");
  for (const [kind, value] of Object.entries(things)) bare = bare.replaceAll(value, kind.toUpperCase());
  return { status, text: bare };
}

describe("the table of routes", () => {
  test("has every route that there is, and no other", () => {
    expect([...found.keys()].toSorted()).toEqual(table.toSorted());
  });
});

describe.each(table.filter((name) => found.has(name)))("%s", (name) => {
  const row = rows[name] as Row;
  const note = (actor: string, status: number) => ((answered[name] ??= []).push(`${actor} ${status}`), status);
  const isRead = name.startsWith("GET") && !row.isExclusive;
  const kept = () => (row.isAdmin ? shared.admin : shared.owner);
  const fresh = (account: { isFrozen?: boolean } = {}) => makeWorld(db, { isAdmin: row.isAdmin ?? false, ...account });

  test("answers its owner, by session and by key, also while they are frozen", async () => {
    const owner = isRead ? kept() : await fresh();
    const byKey = isRead ? kept() : await fresh();
    const frozen = isRead && !row.isAdmin ? shared.frozen : await fresh({ isFrozen: true });
    const seen = {
      owner: note("owner", (await call(name, owner.things, bearer(owner.session))).status),
      key: note("key", (await call(name, byKey.things, bearer(byKey.key))).status),
      frozen: note("frozen", (await call(name, frozen.things, bearer(frozen.session))).status),
    };
    expect(seen).toEqual({ owner: row.owner, key: row.key ?? row.owner, frozen: row.frozen ?? row.owner });
  });

  test("takes no work that costs for an account that is frozen", async () => {
    if (row.billed === undefined) return;
    const status = async (world: World) => call(name, world.things, bearer(world.session), row.billed);
    expect((await status(shared.owner)).status).toBe(502);
    const frozen = await status(shared.frozen);
    expect(frozen).toMatchObject({ status: note("frozen, billed", 402), text: expect.stringMatching(/frozen/i) });
  });

  test("keeps out whom it does not know, or knows no more", async () => {
    const { things } = shared.owner;
    const expected = row.scope === null ? row.owner : 401;
    const status = async (actor: string, headers: Record<string, string>) =>
      note(actor, (await call(name, things, headers)).status);
    const seen = {
      anonymous: await status("anonymous", {}),
      revoked: await status("revoked", bearer(shared.revoked)),
      expired: await status("expired", bearer(shared.expired)),
    };
    const refresh = name === "POST /auth/refresh" ? 401 : expected;
    expect(seen).toEqual({ anonymous: refresh, revoked: refresh, expired: refresh });
  });

  test("keeps out a key that may not: its scope, its hosts", async () => {
    if (row.scope === null) return;
    const { things } = shared.owner;
    const ctx = await testUser(db);
    const without = scopes.filter((scope) => scope !== row.scope);
    const { key } = await createKey(ctx, CreateKeyInput.parse({ name: "k", scopes: without }));
    const status = async (actor: string, headers: Record<string, string>) =>
      note(actor, (await call(name, things, headers)).status);
    const seen = {
      scope: await status("wrong scope", bearer(key)),
      origin: await status("wrong origin", { ...bearer(shared.hosts), origin: "https://evil.test" }),
      noOrigin: (await call(name, things, bearer(shared.hosts))).status,
    };
    expect(seen).toEqual({ scope: 403, origin: 403, noOrigin: 403 });
  });

  test("answers about what is somebody else's as about what is not there", async () => {
    if (row.scope === null) return;
    const other = isRead ? shared.other : await makeWorld(db);
    if (row.isAdmin) {
      const [foreign, missing] = [shared.owner.things, missingThings()];
      const answers = [];
      for (const things of [foreign, missing])
        answers.push(masked(await call(name, things, bearer(other.session)), things));
      note("other", answers[0]?.status ?? 0);
      expect(answers[0]).toEqual(answers[1]);
      expect(answers[0]?.status).toBe(403);
      return;
    }
    const named = namedThings(name, row);
    if (named.length === 0) return void note("other", NaN);
    for (const kind of named) {
      const answers = [];
      for (const theirs of [shared.owner.things, missingThings()]) {
        const things = { ...other.things, [kind]: theirs[kind] };
        answers.push(masked(await call(name, things, bearer(other.session)), things));
      }
      note(`other's ${kind}`, answers[0]?.status ?? 0);
      expect(answers[0]).toEqual(answers[1]);
      expect(answers[0]?.status).toBe(404);
    }
  });
});

function markdown(): string {
  const actors = [
    "owner",
    "key",
    "frozen",
    "frozen, billed",
    "anonymous",
    "revoked",
    "expired",
    "wrong scope",
    "wrong origin",
  ];
  const lines = Object.entries(answered).map(([name, all]) => {
    const of = (actor: string) => all.find((one) => one.startsWith(`${actor} `))?.slice(actor.length + 1) ?? "";
    const other = all.filter((one) => one.startsWith("other")).map((one) => one.replace(" NaN", ": their own"));
    return `| ${[name, ...actors.map(of), other.join(", ")].join(" | ")} |`;
  });
  const head = ["route", ...actors, "other account (same body as missing)"];
  return [`| ${head.join(" | ")} |`, `|${head.map(() => "---").join("|")}|`, ...lines, ""].join("\n");
}
