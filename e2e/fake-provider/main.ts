import { startFakeProvider } from "./start-fake-provider";

// node --import tsx e2e/fake-provider/main.ts [port]
const provider = await startFakeProvider({ port: Number(process.argv[2] ?? 0) });
process.stdout.write(`${provider.url}\n`);

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => void provider.stop().then(() => process.exit(0)));
}
