import { createHash } from "node:crypto";
import { rmSync } from "node:fs";
import { connect, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const ANSWER_TIMEOUT_MS = 2000;

export type Instance = {
  /** What others who come for the same thing are told. */
  describe(text: string): void;
  release(): void;
};

/**
 * Takes a name for as long as this process lives; nothing is left to clean up when it is killed.
 *
 * @param name what may exist once on this machine, such as a data folder's real path
 * @returns the instance, or how the holder described itself
 */
export async function takeName(name: string): Promise<Instance | { holder: string }> {
  const address = addressOf(name);
  for (let attempt = 0; ; attempt += 1) {
    let description = "";
    const server = await listen(address, () => description);
    if (server !== null) {
      return { describe: (text) => void (description = text), release: () => server.close() };
    }
    const holder = await ask(address);
    if (holder !== null || attempt === 2) return { holder: holder ?? "" };
    // A socket file whose owner was killed; Linux and Windows have names that vanish with their owner instead.
    if (process.platform !== "linux" && process.platform !== "win32") rmSync(address, { force: true });
  }
}

function addressOf(name: string): string {
  const hash = createHash("sha256").update(name).digest("hex").slice(0, 24);
  if (process.platform === "linux") return `\0faces-${hash}`;
  if (process.platform === "win32") return `\\\\.\\pipe\\faces-${hash}`;
  return join(tmpdir(), `faces-${hash}.sock`);
}

function listen(address: string, answer: () => string): Promise<Server | null> {
  const server = createServer((socket) => {
    socket.on("error", () => socket.destroy());
    socket.end(answer());
  });
  return new Promise((done, fail) => {
    server.once("error", (error: NodeJS.ErrnoException) => (error.code === "EADDRINUSE" ? done(null) : fail(error)));
    server.listen(address, () => {
      server.unref();
      done(server);
    });
  });
}

function ask(address: string): Promise<string | null> {
  return new Promise((done) => {
    let answer = "";
    const socket = connect(address);
    socket.setTimeout(ANSWER_TIMEOUT_MS, () => socket.destroy());
    socket.on("data", (part) => (answer += part.toString("utf8")));
    socket.on("end", () => done(answer));
    socket.on("error", () => done(null));
    socket.on("close", () => done(answer));
  });
}
