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
      LOG_LEVEL: "error",
    },
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
});
