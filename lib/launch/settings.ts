import { createServer } from "node:net";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { parseEnv } from "@/lib/env";
import { LaunchError } from "./launch-error";

export const project = resolve(import.meta.dirname, "../..");

const parts = ["all", "db", "web", "worker"] as const;
export type Part = (typeof parts)[number];

export type Settings = {
  only: Part;
  port: number;
  host: string;
  /** absolute */
  dataFolder: string;
  databaseUrl: string | null;
  secret: string | null;
  /** as a person opens it */
  url: string;
};

/** What the command line and the environment ask for. @throws {LaunchError} one line per wrong setting */
export function readSettings(args: string[], source: Record<string, string | undefined>): Settings {
  const env = readEnv(source);
  const isAnywhere = ["127.0.0.1", "::1", "0.0.0.0", "::"].includes(env.HOST);
  return {
    only: readPart(args),
    port: env.PORT,
    host: env.HOST,
    dataFolder: resolve(project, env.FACES_DATA_DIR ?? join(project, ".data")),
    databaseUrl: readDatabaseUrl(env.DATABASE_URL),
    secret: env.FACES_SECRET ?? null,
    url: env.PUBLIC_URL ?? `http://${isAnywhere ? "localhost" : env.HOST}:${env.PORT}`,
  };
}

function readEnv(source: Record<string, string | undefined>): ReturnType<typeof parseEnv> {
  try {
    return parseEnv(source);
  } catch (error) {
    throw new LaunchError(error instanceof Error ? error.message : String(error));
  }
}

function readDatabaseUrl(text: string | undefined): string | null {
  if (text === undefined) return null;
  const protocol = URL.canParse(text) ? new URL(text).protocol : null;
  if (protocol === "postgresql:" || protocol === "postgres:") return text;
  throw new LaunchError("DATABASE_URL has to look like postgresql://user:password@host:5432/database.");
}

function readPart(args: string[]): Part {
  const { values } = parseArgs({ args, options: { only: { type: "string" } }, strict: false });
  const part = parts.find((known) => known === (values["only"] ?? "all"));
  if (part === undefined) throw new LaunchError(`--only takes one of: ${parts.join(", ")}.`);
  return part;
}

/** @throws {LaunchError} one line that names PORT when somebody listens there, or we may not */
export async function requireFreePort(settings: Settings): Promise<void> {
  const server = createServer();
  const code = await new Promise<string | null>((done) => {
    server.once("error", (error: NodeJS.ErrnoException) => done(error.code ?? error.message));
    server.listen(settings.port, settings.host, () => server.close(() => done(null)));
  });
  if (code === null) return;
  const { port, host } = settings;
  if (code === "EADDRINUSE") {
    throw new LaunchError(`Port ${port} on ${host} is taken: choose another, as in PORT=${port + 1} npm start.`);
  }
  if (code === "EACCES") {
    throw new LaunchError(
      `Port ${port} is not for ordinary users: choose one from 1024 up, as in PORT=3000 npm start.`,
    );
  }
  throw new LaunchError(`Cannot listen on ${host}:${port} (${code}): set HOST and PORT to an address of this machine.`);
}
