import { join } from "node:path";
import { project } from "./settings";

/** What the launcher runs as the web process. */
export const webBundle = join(".next", "faces-web.cjs");

/** Bundles the web process. */
export function buildWeb(): Promise<void> {
  return bundle("lib/launch/web-main.ts", webBundle);
}

/**
 * Bundles our own modules of a process into one file, in half a second; packages stay where they are. Compiling them at
 * every start would take longer than the whole start may.
 *
 * CommonJS, as Next loads packages: both then share each of them.
 *
 * @param entry path from the project's folder, or code to begin with; `outfile` from there too
 */
export async function bundle(entry: string | { code: string }, outfile: string): Promise<void> {
  // most starts build nothing
  const { build } = await import("esbuild");
  await build({
    absWorkingDir: project,
    ...(typeof entry === "string"
      ? { entryPoints: [entry] }
      : { stdin: { contents: entry.code, loader: "ts", resolveDir: project } }),
    outfile,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    packages: "external",
    logLevel: "error",
    define: { "import.meta.url": "moduleUrl", "import.meta.dirname": "__dirname" },
    banner: { js: 'const moduleUrl = require("node:url").pathToFileURL(__filename).href;' },
  });
}
