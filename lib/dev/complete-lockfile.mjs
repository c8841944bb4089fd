// After `npm install` on a registry that does not carry every platform's packages, package-lock.json lacks them and
// `npm ci` refuses it everywhere. This adds what the parents name: exact version and platform, without a checksum.
import { readFileSync, writeFileSync } from "node:fs";

const file = new URL("../../package-lock.json", import.meta.url);
const lock = JSON.parse(readFileSync(file, "utf8"));
const systems = ["android", "darwin", "freebsd", "linux", "win32", "openharmony", "netbsd", "openbsd", "sunos", "aix"];
const processors = {
  arm64: "arm64",
  x64: "x64",
  ia32: "ia32",
  arm: "arm",
  wasm32: "wasm32",
  riscv64: "riscv64",
  ppc64: "ppc64",
  s390x: "s390x",
  loong64: "loong64",
};

const added = [];
for (const [path, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    if (isLocked(path, name)) continue;
    const platform = platformOf(name);
    if (platform === null || !/^\d/.test(version))
      throw new Error(`${name}@${version}, wanted by ${path}, has no platform in its name.`);
    const dev = entry.dev ? { dev: true } : {};
    lock.packages[`node_modules/${name}`] = { version, ...platform, ...dev, optional: true };
    added.push(`${name}@${version}`);
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, "en")));
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
process.stdout.write(`${added.length} added${added.map((one) => `\n  ${one}`).join("")}\n`);

/** Looks where Node would: in the parent's own node_modules, then further up. */
function isLocked(path, name) {
  for (let folder = path; ; folder = folder.slice(0, Math.max(folder.lastIndexOf("/node_modules/"), 0))) {
    if (`${folder ? `${folder}/` : ""}node_modules/${name}` in lock.packages) return true;
    if (folder === "") return false;
  }
}

function platformOf(name) {
  const words = name.split("/").pop().split("-");
  const os = systems.filter((system) => words.includes(system));
  const cpu = words.flatMap((word) => processors[word] ?? []);
  if (cpu.length === 0) return null;
  return { cpu, ...(os.length > 0 ? { os } : {}) };
}
