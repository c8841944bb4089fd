import { defineConfig } from "@playwright/test";
import { findChromium } from "./find-chromium.mjs";

const chromium = await findChromium();

export default defineConfig({
  testDir: "../../e2e",
  // The fake provider's own unit tests beside it are vitest's.
  testMatch: "**/*.spec.ts",
  outputDir: "../../test-results",
  fullyParallel: false,
  // Two cores carry one installation, one browser and the tests; more only makes them wait for each other.
  workers: 1,
  retries: 0,
  forbidOnly: process.env["CI"] === "true",
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: "list",
  use: {
    browserName: "chromium",
    launchOptions: {
      executablePath: chromium.executablePath,
      args: chromium.args,
      env: { ...withoutUndefined(process.env), ...chromium.env },
    },
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
  },
});

function withoutUndefined(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(env).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));
}
