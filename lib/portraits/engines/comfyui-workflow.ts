import type { Workflow } from "@/lib/portrait-settings";

/** Places in a workflow that an order fills: `{{text}}`, `{{photo_2}}`, `{{person_2_photo_1}}`. */
const slot = /\{\{([a-z_0-9]+)\}\}/gu;
const photoSlot = /^(?:person_(\d)_)?photo_(\d{1,2})$/u;

/** What a workflow has places for. */
export type WorkflowSlots = {
  names: ReadonlySet<string>;
  /** people it takes photos of */
  people: number;
  /** the highest number among the photos of each person */
  photos: number;
};

/** Reads the places off a workflow. */
export function slotsOf(workflow: Workflow): WorkflowSlots {
  const names = new Set([...JSON.stringify(workflow).matchAll(slot)].map(([, name = ""]) => name));
  let people = 0;
  let photos = 0;
  for (const name of names) {
    const [, person = "1", photo = "0"] = photoSlot.exec(name) ?? [];
    if (photo === "0") continue;
    people = Math.max(people, Number(person));
    photos = Math.max(photos, Number(photo));
  }
  return { names, people, photos };
}

/**
 * The names of photo slots with the photos that fill them: a person with fewer photos than the workflow has places for
 * fills the rest with the same ones again.
 *
 * @param photos of each person, best first
 */
export function photosBySlot<T>({ names }: WorkflowSlots, photos: readonly (readonly T[])[]): Map<string, T> {
  const filled = new Map<string, T>();
  for (const name of names) {
    const match = photoSlot.exec(name);
    if (match === null) continue;
    const [, person = "1", photo = "1"] = match;
    const own = photos[Number(person) - 1] ?? photos[0] ?? [];
    const one = own[(Number(photo) - 1) % Math.max(1, own.length)];
    if (one !== undefined) filled.set(name, one);
  }
  return filled;
}

/**
 * The workflow with its places filled. A text that is one place and nothing else becomes the value as it is, so that a
 * seed is a number; within a longer text it is written out. A place that nothing fills stays empty.
 */
export function fillWorkflow(workflow: Workflow, values: ReadonlyMap<string, string | number>): Workflow {
  return fill(workflow, values) as Workflow;
}

function fill(value: unknown, values: ReadonlyMap<string, string | number>): unknown {
  if (typeof value === "string") {
    const whole = /^\{\{([a-z_0-9]+)\}\}$/u.exec(value)?.[1];
    if (whole !== undefined) return values.get(whole) ?? "";
    return value.replaceAll(slot, (_, name: string) => String(values.get(name) ?? ""));
  }
  if (Array.isArray(value)) return value.map((one) => fill(one, values));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, fill(one, values)]));
}
