import { InvalidInputError } from "@/lib/errors";

const maxDepth = 6;
const maxParts = 2_000;

/** A value under construction; `null` prototypes, so that no key means anything but itself. */
type Branch = { [key: string]: unknown };

/**
 * Puts together what a form says in Rails' keys: `tune[title]`, `tune[images][]`, `tune[prompts_attributes][0][text]`,
 * `tune[prompts_attributes][][text]`. Objects whose keys are all numbers become lists, as Rails takes them.
 *
 * @throws {InvalidInputError} keys that contradict each other, or lie too deep
 */
export function fromRailsKeys(entries: readonly (readonly [string, unknown])[]): Record<string, unknown> {
  if (entries.length > maxParts) throw new InvalidInputError(`The form has more than ${maxParts} fields.`);
  const root: Branch = branch();
  for (const [key, value] of entries) put(root, pathOf(key), value, key);
  return listed(root) as Record<string, unknown>;
}

/** `tune[images][]` → tune, images, "" */
function pathOf(key: string): string[] {
  const head = /^[^[\]]+/u.exec(key)?.[0];
  const rest = head === undefined ? "" : key.slice(head.length);
  if (head === undefined || !/^(?:\[[^[\]]*\])*$/u.test(rest)) return [key];
  const path = [head, ...[...rest.matchAll(/\[([^[\]]*)\]/gu)].map(([, name = ""]) => name)];
  if (path.length > maxDepth)
    throw new InvalidInputError(`The field ${shown(key)} lies deeper than ${maxDepth} levels.`);
  return path;
}

function put(target: Branch, [name = "", ...rest]: string[], value: unknown, key: string): void {
  const [next, ...behind] = rest;
  if (next === undefined) {
    if (typeof target[name] === "object" && target[name] !== null && isOurs(target[name])) throw contradicts(key);
    target[name] = value;
  } else if (next === "") {
    const list = (target[name] ??= []);
    if (!Array.isArray(list)) throw contradicts(key);
    if (behind.length === 0) return void list.push(value);
    // a new one begins where a field comes again
    const last: unknown = list.at(-1);
    const open = isBranch(last) && !(behind.length === 1 && (behind[0] ?? "") in last) ? last : branch();
    if (open !== last) list.push(open);
    put(open, behind, value, key);
  } else {
    const inner = (target[name] ??= branch());
    if (!isBranch(inner)) throw contradicts(key);
    put(inner, rest, value, key);
  }
}

function branch(): Branch {
  return Object.create(null) as Branch;
}

function isBranch(value: unknown): value is Branch {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === null;
}

function isOurs(value: unknown): boolean {
  return isBranch(value) || Array.isArray(value);
}

function listed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(listed);
  if (!isBranch(value)) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, listed(inner)] as const);
  if (entries.length === 0 || !entries.every(([key]) => /^\d{1,6}$/u.test(key))) return Object.fromEntries(entries);
  return entries.toSorted(([a], [b]) => Number(a) - Number(b)).map(([, inner]) => inner);
}

function contradicts(key: string): InvalidInputError {
  return new InvalidInputError(`The field ${shown(key)} contradicts another of the form.`);
}

function shown(key: string): string {
  return `\`${key.slice(0, 100)}\``;
}
