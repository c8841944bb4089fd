import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "@/lib/db/generated/client";
import { env } from "@/lib/env";

export type { Prisma } from "@/lib/db/generated/client";

/** A connected client, which can open a transaction. */
export type Db = PrismaClient;

/** A client or an open transaction: what a domain verb needs to read and write. */
export type DbOrTransaction = Db | Transaction;

/** The client inside an open transaction. */
export type Transaction = Parameters<Parameters<PrismaClient["$transaction"]>[0]>[0];

const held = globalThis as { facesDb?: Db };

/**
 * The process's database client, connected on first use.
 *
 * It is held on `globalThis` because Next bundles this module more than once.
 *
 * @throws {Error} `DATABASE_URL` is not set: the launcher sets it
 */
export function db(): Db {
  held.facesDb ??= connect(databaseUrl());
  return held.facesDb;
}

/** The URL of the database. @throws {Error} when nothing set it */
export function databaseUrl(): string {
  const url = env().DATABASE_URL;
  if (url === undefined) throw new Error("DATABASE_URL is not set: start with `npm start`, or name a PostgreSQL.");
  return url;
}

/** A client of its own for `url`, with at most `maxConnections` connections. */
export function connect(url: string, maxConnections = 10): Db {
  const adapter = new PrismaPg({ connectionString: url, max: maxConnections, connectionTimeoutMillis: 10_000 });
  return new PrismaClient({ adapter });
}
