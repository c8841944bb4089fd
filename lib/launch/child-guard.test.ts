import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, expect, it } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "faces-guard-"));
afterAll(() => rmSync(folder, { recursive: true }));

it("what a guarded process forks lives as long as its own channel, as the test process of llama.cpp has to", async () => {
  const grandchild = join(folder, "grandchild.mjs");
  // answers only after its event loop has been empty but for the channel
  writeFileSync(grandchild, `process.once("message", (word) => process.send("heard " + word, () => process.exit(0)));`);
  const child = join(folder, "child.mjs");
  writeFileSync(
    child,
    `import { fork } from "node:child_process";
    const forked = fork(${JSON.stringify(grandchild)}, { stdio: ["ignore", "ignore", "ignore", "ipc"] });
    forked.once("message", (answer) => process.send(answer, () => process.exit(0)));
    forked.once("exit", () => process.send("gone", () => process.exit(0)));
    process.once("message", (word) => forked.send(word, () => undefined));
    process.send("ready");`,
  );
  const guard = pathToFileURL("lib/launch/child-guard.mjs").href;
  const guarded = spawn(process.execPath, ["--import", guard, child], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const exited = once(guarded, "exit");
  expect(await once(guarded, "message")).toContain("ready");
  guarded.send("hello");
  expect(await once(guarded, "message")).toContain("heard hello");
  await exited;
});
