import { randomBytes } from "node:crypto";
import { PrismaPg } from "@prisma/adapter-pg";
import {
  ColumnTypeEnum,
  DriverAdapterError,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from "@prisma/driver-adapter-utils";
import { DatabaseError, Pool, type QueryResult } from "pg";

/** PostgreSQL's internal one-byte "char", found in its catalogues, and `text`. */
const CHAR_OID = 18;
const TEXT_OID = 25;

/** `close` ends what the engine leaves open, and with it the advisory lock that it holds per session. */
export type SchemaAdapterFactory = SqlMigrationAwareDriverAdapterFactory & { close(): Promise<void> };

/** For each result that had some, its columns of the type "char". */
type CharColumns = WeakMap<object, number[]>;

/**
 * Prisma's own adapter, but for three things it does wrong for the schema engine: given a connection string,
 * its shadow database is the real one; it refuses the catalogues' "char" columns; and it cuts scripts at every
 * semicolon, also inside functions and strings, so that a migration that fails leaves its first half behind.
 */
export function schemaAdapterFactory(url: string): SchemaAdapterFactory {
  const pools: Pool[] = [];
  const connect = (to: string, afterwards?: () => Promise<void>): Promise<SqlDriverAdapter> => {
    const pool = new Pool({ connectionString: to });
    pools.push(pool);
    return connectWith(pool, afterwards);
  };
  return {
    provider: "postgres",
    adapterName: "@prisma/adapter-pg",
    connect: () => connect(url),
    async connectToShadowDb() {
      const name = `faces_shadow_${randomBytes(8).toString("hex")}`;
      await runOnce(url, `create database ${name}`);
      const shadowUrl = Object.assign(new URL(url), { pathname: `/${name}` }).href;
      return connect(shadowUrl, () => runOnce(url, `drop database ${name} with (force)`));
    },
    async close() {
      await Promise.all(pools.map((pool) => (pool.ended ? undefined : pool.end())));
    },
  };
}

async function connectWith(unpatched: Pool, afterwards?: () => Promise<void>): Promise<SqlDriverAdapter> {
  const charColumns: CharColumns = new WeakMap();
  const pool = noticingChars(unpatched, charColumns);
  const adapter = await new PrismaPg(pool, { disposeExternalPool: true }).connect();
  const queryRaw = adapter.queryRaw.bind(adapter);
  const dispose = adapter.dispose.bind(adapter);
  return Object.assign(adapter, {
    async queryRaw(query: Parameters<typeof queryRaw>[0]) {
      const result = await queryRaw(query);
      for (const index of charColumns.get(result.rows) ?? []) result.columnTypes[index] = ColumnTypeEnum.Character;
      return result;
    },
    // Sent whole, PostgreSQL cuts the script itself and runs it in one transaction.
    executeScript: (script: string) => pool.query(script).then(() => undefined, rethrow),
    dispose: () => dispose().then(afterwards),
  });
}

function noticingChars(pool: Pool, charColumns: CharColumns): Pool {
  const query = pool.query.bind(pool) as (...input: unknown[]) => Promise<QueryResult | QueryResult[]>;
  return Object.assign(pool, {
    async query(...input: unknown[]): Promise<QueryResult | QueryResult[]> {
      const result = await query(...input);
      if (Array.isArray(result)) return result;
      const columns = result.fields.flatMap((field, index) => (field.dataTypeID === CHAR_OID ? [index] : []));
      for (const index of columns) Object.assign(result.fields[index] ?? {}, { dataTypeID: TEXT_OID });
      charColumns.set(result.rows, columns);
      return result;
    },
  });
}

/** The engine shows its users only errors of this shape. */
function rethrow(error: unknown): never {
  if (!(error instanceof DatabaseError)) throw error;
  throw new DriverAdapterError({
    kind: "postgres",
    code: error.code ?? "N/A",
    severity: error.severity ?? "N/A",
    message: error.message,
    detail: error.detail,
    column: error.column,
    hint: error.hint,
  });
}

async function runOnce(url: string, sql: string): Promise<void> {
  const pool = new Pool({ connectionString: url, max: 1 });
  await pool.query(sql).finally(() => pool.end());
}
