import { existsSync, globSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { expect, test } from "vitest";

const root = process.cwd();
/** Of a module, what is loaded with it; types are not, and neither is what `import()` fetches when it is needed. */
const loading = /^(?:import|export)\s+(?!type\s)(?:[^"';]*?\sfrom\s+)?"([^"]+)"/gmu;
const worksOnImages = /^(?:sharp|three|@tensorflow\/|@vladmandic\/|@mediapipe\/)/u;

test("routes load nothing that decodes images or runs models: that is done in a process of its own", () => {
  const found: string[] = [];
  const cameFrom = new Map<string, string | null>();
  const waiting = globSync("app/**/{route,page,layout}.{ts,tsx}", { cwd: root }).map((name) => join(root, name));
  for (const file of waiting) cameFrom.set(file, null);
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    for (const [, name = ""] of readFileSync(file, "utf8").matchAll(loading)) {
      if (worksOnImages.test(name)) found.push([name, ...wayOf(file, cameFrom)].join(" < "));
      const next = fileOf(name, file);
      if (next === null || cameFrom.has(next)) continue;
      cameFrom.set(next, file);
      waiting.push(next);
    }
  }
  expect(cameFrom.size).toBeGreaterThan(300);
  expect(found).toEqual([]);
});

function fileOf(name: string, from: string): string | null {
  if (!/^(?:@\/|\.)/u.test(name)) return null;
  const path = name.startsWith("@/") ? join(root, name.slice(2)) : join(dirname(from), name);
  const names = [`${path}.ts`, `${path}.tsx`, join(path, "index.ts"), path];
  return names.find((each) => existsSync(each) && statSync(each).isFile()) ?? null;
}

function wayOf(file: string, cameFrom: ReadonlyMap<string, string | null>): string[] {
  const way: string[] = [];
  for (let at: string | null = file; at !== null; at = cameFrom.get(at) ?? null) way.push(relative(root, at));
  return way;
}
