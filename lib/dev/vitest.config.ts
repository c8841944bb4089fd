import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL("../..", import.meta.url));

export default defineConfig({
  root,
  resolve: { alias: { "@": root.replace(/\/$/, "") } },
  test: {
    include: [
      "lib/**/*.test.ts",
      "app/**/*.test.ts",
      "components/**/*.test.{ts,tsx}",
      "e2e/fake-provider/**/*.test.ts",
    ],
    globalSetup: ["lib/dev/test-database.ts"],
    env: {
      FACES_SECRET: "a-secret-that-only-tests-know-0123456789",
      PUBLIC_URL: "http://faces.test",
      // files of tests lie apart from those of an installation in this folder
      FACES_DATA_DIR: join(tmpdir(), `faces-unit-tests-${process.pid}`),
      LOG_LEVEL: "error",
      // some suites ask more in a minute than any caller may
      RATE_LIMITS: '{"factor":100}',
    },
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
});
