import { keysText } from "@/components/strings/keys";
import { formatDay, formatDayTime, formatUsd } from "@/lib/format";
import type { KeyView, NewKeyView } from "@/lib/keys/schemas";

/** What a face is called, by its id or username. */
export type FaceNames = (ref: string) => string;

const mostNamed = 3;

function listed(names: readonly string[]): string {
  return keysText.someFaces(names.slice(0, mostNamed).join(", "), Math.max(0, names.length - mostNamed));
}

/** What a key may use, in one line of the table: `alice, jonas; gpt-4o-mini only; nachtzug.app`. */
export function mayWords(key: KeyView, nameOf: FaceNames): string {
  const { allowed_faces: faces, allowed_models: models, allowlist } = key;
  return [
    faces.length === 0 ? keysText.everyFace : listed(faces.map(nameOf)),
    ...(models.length === 0 ? [] : [keysText.onlyModels(listed(models))]),
    ...(allowlist.length === 0 ? [] : [listed(allowlist)]),
    ...(key.scopes.includes("chat") ? [] : [keysText.readOnly]),
  ].join("; ");
}

/** The same in sentences, under a key that was just made. */
export function limitWords(key: NewKeyView, nameOf: FaceNames): string {
  const { all, faces, models, hosts, cap, uncapped, ends, endless } = keysText.fresh;
  return [
    faces(key.allowed_faces.length === 0 ? all : listed(key.allowed_faces.map(nameOf))),
    models(key.allowed_models.length === 0 ? all : listed(key.allowed_models)),
    ...(key.allowlist.length === 0 ? [] : [hosts(listed(key.allowlist))]),
    key.budget_usd === null ? uncapped : cap(formatUsd(key.budget_usd)),
    key.expires_at === null ? endless : ends(formatDay(key.expires_at)),
  ].join(" ");
}

/** Until when the secret before a rotation works. */
export function overlapWords(key: KeyView): string {
  const { old, oldEnded } = keysText.fresh;
  return key.previous_expires_at === null ? oldEnded : old(formatDayTime(key.previous_expires_at));
}

export const isExpired = (key: KeyView, now: number): boolean =>
  key.expires_at !== null && Date.parse(key.expires_at) <= now;

export const isSpent = (key: KeyView): boolean => key.budget_usd !== null && key.spent_usd >= key.budget_usd;
