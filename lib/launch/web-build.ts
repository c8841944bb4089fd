import { join } from "node:path";
import { build } from "esbuild";
import { project } from "./settings";

/** What the launcher runs as the web process. */
export const webBundle = join(".next", "faces-web.cjs");

/**
 * Bundles our own modules of the web process into one file, in half a second; packages stay where they are. Compiling
 * them at every start would take longer than the whole start may.
 *
 * CommonJS, as Next loads packages: both then share each of them.
 */
export async function buildWeb(): Promise<void> {
  await build({
    absWorkingDir: project,
    entryPoints: ["lib/launch/web-main.ts"],
    outfile: webBundle,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    packages: "external",
    keepNames: true,
    logLevel: "error",
    // what these name is looked for from the project's folder, which is where the file lies below
    define: { "import.meta.url": "moduleUrl", "import.meta.dirname": "__dirname" },
    banner: { js: 'const moduleUrl = require("node:url").pathToFileURL(__filename).href;' },
  });
}
