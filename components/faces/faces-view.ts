import { sumOf } from "@/components/fingerprint/components";
import type { FaceView } from "@/lib/faces/schemas";

export const shows = ["", "needs", "composed"] as const;
export type Show = (typeof shows)[number];

export const sorts = ["", "name", "statements", "created"] as const;
export type Sort = (typeof sorts)[number];

/** Whether only its owner can get a face further: texts wait, or a sync ended badly. */
export function needsOwner(face: FaceView): boolean {
  if (face.is_sample || face.formula !== null) return false;
  return face.sync_status === "pending" || face.sync_status === "failed" || face.sync_status === "payment_required";
}

export const isShown: Record<Show, (face: FaceView) => boolean> = {
  "": () => true,
  needs: needsOwner,
  composed: (face) => face.formula !== null,
};

/** A value of the address bar that is one of ours, else the usual one. */
export function oneOf<Value extends string>(values: readonly Value[], value: string): Value {
  return values.find((each) => each === value) ?? (values[0] as Value);
}

/** The faces that are asked for, in the order that is asked for. */
export function viewOf(
  faces: readonly FaceView[],
  { query, show, sort }: { query: string; show: Show; sort: Sort },
): FaceView[] {
  const words = query.toLowerCase().split(/\s+/u).filter(Boolean);
  return faces
    .filter((face) => isShown[show](face) && words.every((word) => textOf(face).includes(word)))
    .toSorted(orders[sort]);
}

function textOf({ username, name, aliases, basic_facts, formula }: FaceView): string {
  return `${username} ${name ?? ""} ${aliases.join(" ")} ${basic_facts} ${formula ?? ""}`.toLowerCase();
}

const orders: Record<Sort, (a: FaceView, b: FaceView) => number> = {
  "": (a, b) => compare(b.updated_at, a.updated_at),
  name: (a, b) => nameOf(a).localeCompare(nameOf(b)),
  statements: (a, b) => sumOf(b.component_counts) - sumOf(a.component_counts) || compare(b.updated_at, a.updated_at),
  created: (a, b) => compare(b.created_at, a.created_at),
};

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** What a face is called in a sentence. */
export const nameOf = (face: Pick<FaceView, "name" | "username">): string => face.name ?? face.username;
