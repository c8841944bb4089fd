import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Generates lib/db/generated when schema.prisma or Prisma changed since.
 *
 * @param {string} project
 * @param {string} node the Node to run Prisma on
 * @param {(line: string) => void} tell
 */
export async function generatePrismaClient(project, node, tell) {
  const generated = join(project, "lib", "db", "generated");
  const stampFile = join(generated, ".stamp");
  const stamp = createHash("sha256")
    .update(readFileSync(join(project, "prisma", "schema.prisma")))
    .update(readFileSync(join(project, "node_modules", "prisma", "package.json")))
    .digest("hex");
  const isFresh = existsSync(join(generated, "client.ts")) && existsSync(stampFile);
  if (isFresh && readFileSync(stampFile, "utf8") === stamp) return;
  tell("Generating the database client …");
  await generate(project, node);
  writeFileSync(stampFile, stamp);
}

function generate(project, node) {
  const cli = join(project, "node_modules", "prisma", "build", "index.js");
  const child = spawn(node, [cli, "generate", "--schema", join("prisma", "schema.prisma")], {
    cwd: project,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      // `generate` asks for its native engine, which it would download, and never runs it: any file will do.
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      PRISMA_HIDE_UPDATE_MESSAGE: "1",
      CHECKPOINT_DISABLE: "1",
    },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (part) => (output += part));
  return new Promise((done, fail) => {
    child.once("error", fail);
    child.once("close", (code) => {
      if (code === 0) return done();
      const error = new Error(
        `${output.trim()}\nThe database client could not be generated from prisma/schema.prisma.`,
      );
      error.isForPeople = true;
      fail(error);
    });
  });
}
