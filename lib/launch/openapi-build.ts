import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { openApiFile } from "@/lib/openapi/document-file";
import { LaunchError } from "./launch-error";
import { project } from "./settings";
import { bundle } from "./web-build";

const program = join(".next", "faces-openapi.cjs");

/**
 * Makes the API's document from all routes that there are, in a process of its own: it loads every one of them, and
 * nothing that serves should.
 */
export async function buildOpenApi(): Promise<void> {
  const files = readdirSync(join(project, "app"), { recursive: true, encoding: "utf8" })
    .map((file) => `app/${file.replaceAll("\\", "/")}`)
    .filter((file) => /\/route\.tsx?$/u.test(file) && !file.includes("nextauth"));
  const { version } = JSON.parse(await readFile(join(project, "package.json"), "utf8")) as { version: string };
  const code = [
    `import { writeDocument } from "@/lib/openapi/write-document";`,
    ...files.map((file, at) => `import * as route${at} from ${JSON.stringify(`./${file}`)};`),
    `writeDocument(${JSON.stringify(openApiFile)}, ${JSON.stringify(version)}, {`,
    ...files.map((file, at) => `${JSON.stringify(file)}: route${at},`),
    `});`,
    // what the routes hold open, such as timers, has nothing to do here
    `process.exit(0);`,
  ];
  await bundle({ code: code.join("\n") }, program);
  const child = spawn(process.execPath, [program], { cwd: project, stdio: ["ignore", "inherit", "inherit"] });
  const [exitCode] = (await once(child, "close")) as [number | null];
  if (exitCode !== 0) throw new LaunchError("The API's document could not be made of the routes.");
  await rm(join(project, program), { force: true });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await buildOpenApi();
