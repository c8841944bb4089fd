import { randomBytes } from "node:crypto";
import { Client } from "pg";
import { afterAll, inject } from "vitest";
import type { Actor, Ctx } from "@/lib/auth/context";
import { scopes } from "@/lib/auth/context";
import { newId } from "@/lib/ids";
import { connect, type Db } from "./client";

/** A database of its own for one test file: a copy of the migrated template. Dropped when the file is done. */
export async function testDatabase(): Promise<{ db: Db; url: string }> {
  const template = new URL(inject("templateUrl"));
  const name = `test_${randomBytes(8).toString("hex")}`;
  await administer(template, `CREATE DATABASE ${name} TEMPLATE ${template.pathname.slice(1)}`);
  const url = new URL(template);
  url.pathname = `/${name}`;
  const db = connect(url.href);
  // route handlers ask for the process's client: in this file it is this one
  Object.assign(globalThis, { facesDb: db });
  afterAll(async () => {
    await db.$disconnect();
    await administer(template, `DROP DATABASE ${name} WITH (FORCE)`);
  });
  return { db, url: url.href };
}

/** Runs one statement beside the template, which must have no guests while it is copied. */
async function administer(template: URL, sql: string): Promise<void> {
  const maintenance = new URL(template);
  maintenance.pathname = "/postgres";
  const client = new Client({ connectionString: maintenance.href });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** A new account and a context in which it calls. */
export async function testUser(db: Db, account: { plan?: string; isAdmin?: boolean } = {}): Promise<Ctx> {
  const id = newId("account");
  await db.account.create({ data: { id, plan: account.plan ?? "pro", isAdmin: account.isAdmin ?? false } });
  const actor: Actor = {
    accountId: id,
    isAdmin: account.isAdmin ?? false,
    isFrozen: false,
    scopes,
    credential: { kind: "session", sessionId: newId("session") },
  };
  return { actor, db, requestId: newId("request"), signal: new AbortController().signal };
}
