import type { TestProject } from "vitest/node";
import { migrate } from "@/lib/db/migrate";
import { startTestPostgres } from "@/lib/db/pg-test-server";

declare module "vitest" {
  export interface ProvidedContext {
    /** The migrated database that every test file copies. */
    templateUrl: string;
  }
}

/** One PostgreSQL per run, migrated once; each test file gets a copy of its own. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const postgres = await startTestPostgres();
  await migrate(postgres.url);
  project.provide("templateUrl", postgres.url);
  return () => postgres.stop();
}
