import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test as base } from "@playwright/test";
import { type PrivateKeyAccount, generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { type Installation, startInstallation } from "@/lib/dev/start-installation";
import { Api, until } from "./api";
import { type FakeProvider, startFakeProvider } from "./fake-provider/start-fake-provider";

/** An installation that is connected to the fake provider, the provider, and its admin: the first who signed in. */
export type Connected = {
  installation: Installation;
  provider: FakeProvider;
  admin: Api;
  /** what the admin signs in with, in a browser too */
  adminWallet: PrivateKeyAccount;
};

type WorkerFixtures = {
  /** without any key: the built-in engine compiles and answers */
  keyless: Installation;
  connected: Connected;
};

type TestFixtures = {
  wallet: PrivateKeyAccount;
  /** an empty folder of the test's own */
  folder: string;
};

const noKeys = {
  OPENAI_API_KEY: "",
  ANTHROPIC_API_KEY: "",
  FIREWORKS_API_KEY: "",
  MODEL_SERVERS: "",
  DEFAULT_PLAN: "pro",
};

/** In its first seconds an installation has a sample face that knows nothing yet. */
async function untilSampleIsCompiled(url: string): Promise<void> {
  const { api } = await Api.withNewKey(url, privateKeyToAccount(generatePrivateKey()));
  await until(async () => ((await api.get("/v1/faces/mara"))["sync_status"] === "synced" ? true : null), "the sample");
}

/** For work on a page: the journeys against a server that is running already, without a build. */
function alreadyRunning(url: string): Installation {
  return { url, dataFolder: "", output: () => "", stop: () => Promise.resolve(0) };
}

/** Every journey runs against the whole product, started as `npm start` starts it, once per run and kind. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  keyless: [
    async ({}, use) => {
      const running = process.env["E2E_URL"];
      const installation = running ? alreadyRunning(running) : await startInstallation({ env: noKeys });
      await untilSampleIsCompiled(installation.url);
      await use(installation);
      await installation.stop();
    },
    { scope: "worker", timeout: 180_000 },
  ],
  connected: [
    async ({}, use) => {
      const provider = await startFakeProvider({ apiKey: "sk-fake" });
      const running = process.env["E2E_URL"];
      const adminKey = process.env["E2E_ADMIN_KEY"];
      if (running && adminKey) {
        // it has a provider of its own, whose faults nobody here can order
        const adminWallet = privateKeyToAccount(adminKey as `0x${string}`);
        const { session } = await Api.withNewKey(running, adminWallet);
        await use({ installation: alreadyRunning(running), provider, admin: session, adminWallet });
        return provider.stop();
      }
      const env = {
        ...noKeys,
        OPENAI_API_KEY: "sk-fake",
        OPENAI_BASE_URL: `${provider.url}/v1`,
        ANTHROPIC_API_KEY: "sk-fake",
        ANTHROPIC_BASE_URL: `${provider.url}/v1`,
        COMPILE_MODEL: "builtin",
      };
      const installation = await startInstallation({ env });
      const adminWallet = privateKeyToAccount(generatePrivateKey());
      const { session: admin } = await Api.withNewKey(installation.url, adminWallet);
      await use({ installation, provider, admin, adminWallet });
      await installation.stop();
      await provider.stop();
    },
    { scope: "worker", timeout: 180_000 },
  ],
  wallet: async ({}, use) => use(privateKeyToAccount(generatePrivateKey())),
  folder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), "faces-e2e-"));
    await use(folder);
    await rm(folder, { recursive: true, force: true });
  },
});

export { expect } from "@playwright/test";
