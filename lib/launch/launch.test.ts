import { mkdir, mkdtemp, readdir, rm, stat, symlink, utimes, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { installPackages, isInstalled } from "./install-packages.mjs";
import { keepSecret } from "./secret";
import { readSettings, requireFreePort } from "./settings";
import { takeName } from "./single-instance";
import { sourceStamp } from "./source-stamp";
import { superviseChild } from "./supervised-child";
import { playwrightCounts, vitestCounts } from "./test-counts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "faces-launch-"));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

describe("sourceStamp", () => {
  it("changes with contents and names, and not with times", async () => {
    await mkdir(join(folder, "app"));
    await writeFile(join(folder, "app", "page.tsx"), "one");
    const stamp = await sourceStamp(folder, {});
    await utimes(join(folder, "app", "page.tsx"), 1, 1);
    expect(await sourceStamp(folder, {})).toBe(stamp);
    await writeFile(join(folder, "app", "page.tsx"), "two");
    const changed = await sourceStamp(folder, {});
    expect(changed).not.toBe(stamp);
    await writeFile(join(folder, "app", "more.tsx"), "");
    expect(await sourceStamp(folder, {})).not.toBe(changed);
  });

  it("ignores tests, the launcher and what is generated, and minds the web process and the settings that go into pages", async () => {
    const stamp = await sourceStamp(folder, {});
    await mkdir(join(folder, "lib", "db", "generated"), { recursive: true });
    await writeFile(join(folder, "lib", "db", "generated", "client.ts"), "x");
    await writeFile(join(folder, "lib", "db", "client.test.ts"), "x");
    await mkdir(join(folder, "lib", "launch"), { recursive: true });
    await writeFile(join(folder, "lib", "launch", "bring-up.ts"), "x");
    expect(await sourceStamp(folder, {})).toBe(stamp);
    await writeFile(join(folder, "lib", "launch", "web-main.ts"), "x");
    expect(await sourceStamp(folder, {})).not.toBe(stamp);
    const withWeb = await sourceStamp(folder, {});
    expect(await sourceStamp(folder, { NEXT_PUBLIC_NAME: "x" })).not.toBe(withWeb);
  });
});

describe("installPackages", () => {
  it("never empties a folder that node_modules is only a link to", async () => {
    await mkdir(join(folder, "shared"));
    await writeFile(join(folder, "shared", "kept"), "x");
    await mkdir(join(folder, "copy"));
    await writeFile(join(folder, "copy", "package-lock.json"), "{}");
    await symlink(join(folder, "shared"), join(folder, "copy", "node_modules"));
    await expect(installPackages(join(folder, "copy"), () => undefined)).rejects.toThrow("is a link to another folder");
    expect(await readdir(join(folder, "shared"))).toEqual(["kept"]);
  });
});

describe("isInstalled", () => {
  it("wants a finished install that is not older than the lockfile", async () => {
    await writeFile(join(folder, "package-lock.json"), "{}");
    expect(isInstalled(folder)).toBe(false);
    await mkdir(join(folder, "node_modules"));
    expect(isInstalled(folder)).toBe(false);
    await writeFile(join(folder, "node_modules", ".package-lock.json"), "{}");
    expect(isInstalled(folder)).toBe(true);
    const later = Date.now() / 1000 + 60;
    await utimes(join(folder, "package-lock.json"), later, later);
    expect(isInstalled(folder)).toBe(false);
  });
});

describe("keepSecret", () => {
  it("makes one secret for all who ask at once, for its owner alone, and keeps it", async () => {
    const secrets = await Promise.all([1, 2, 3, 4].map(() => keepSecret(folder)));
    expect(new Set([...secrets, await keepSecret(folder)]).size).toBe(1);
    expect((await stat(join(folder, "secret"))).mode & 0o777).toBe(0o600);
  });

  it("makes no new secret over a damaged one", async () => {
    await writeFile(join(folder, "secret"), "short");
    await expect(keepSecret(folder)).rejects.toThrow(/damaged/);
  });
});

describe("takeName", () => {
  it("lets one have it, tells the next who, and gives it on", async () => {
    const first = await takeName(folder);
    if ("holder" in first) throw new Error("the name was taken");
    first.describe("pid 7");
    expect(await takeName(folder)).toEqual({ holder: "pid 7" });
    first.release();
    const second = await takeName(folder);
    expect(second).toHaveProperty("release");
    if ("release" in second) second.release();
  });
});

describe("readSettings", () => {
  it("names every setting that is wrong", () => {
    expect(() => readSettings([], { PORT: "99999" })).toThrow(/PORT/);
    expect(() => readSettings(["--only=nothing"], {})).toThrow(/--only takes one of/);
    expect(() => readSettings([], { DATABASE_URL: "localhost" })).toThrow(/DATABASE_URL has to look like/);
  });

  it("names PORT when somebody listens there", async () => {
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const settings = readSettings([], { PORT: String(port) });
    await expect(requireFreePort(settings)).rejects.toThrow(`Port ${port} on 127.0.0.1 is taken`);
    await new Promise((done) => server.close(done));
    await expect(requireFreePort(settings)).resolves.toBeUndefined();
  });
});

describe("superviseChild", () => {
  it("ends a child in order when asked, and does not start it again", async () => {
    const script = "process.on('SIGTERM', () => process.exit(0)); setInterval(() => {}, 1000)";
    const child = superviseChild({ name: "worker", args: ["-e", script], env: process.env }, () => undefined);
    const pid = child.pid();
    expect(pid).toBeGreaterThan(0);
    await child.stop(10);
    expect(() => process.kill(pid ?? 0, 0)).toThrow();
    expect(child.pid()).toBe(pid);
  });

  it("gives up at once when another try is in vain", async () => {
    const reason = await new Promise<string>((done) =>
      superviseChild(
        {
          name: "web",
          args: ["-e", "process.exit(3)"],
          env: process.env,
          whyHopeless: async () => "the port is taken",
        },
        done,
      ),
    );
    expect(reason).toBe("The web process does not stay up: the port is taken.");
  });
});

describe("test counts", () => {
  it("adds up what ran", () => {
    expect(vitestCounts({ numPassedTests: 5, numFailedTests: 1 }, 1)).toEqual({ passed: 5, failed: 1, skipped: 0 });
    const stats = { expected: 3, unexpected: 0, flaky: 1, skipped: 2 };
    expect(playwrightCounts({ stats }, 0)).toEqual({ passed: 4, failed: 0, skipped: 2 });
  });

  it("counts a runner that crashed, ran nothing or failed outside its tests as a failure", () => {
    expect(vitestCounts(null, 1).failed).toBe(1);
    expect(vitestCounts({ numPassedTests: 0, numFailedTests: 0 }, 0).failed).toBe(1);
    expect(vitestCounts({ numPassedTests: 9, numFailedTests: 0 }, 1).failed).toBe(1);
    expect(playwrightCounts({ stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 0 } }, 0).failed).toBe(1);
  });
});
