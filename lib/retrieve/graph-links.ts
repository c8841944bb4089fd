import type { FaceRows } from "./face-rows";

/** A primitive at the other end of an edge, by its place among the primitives. */
export type Link = { at: number; weight: number };

/** What the graph says of each primitive, by its place among them. */
export type GraphLinks = {
  tensions: readonly (readonly Link[])[];
  neighbours: readonly (readonly Link[])[];
};

/** The strongest link of a list comes first. Edges to what is not there, or is switched off, are passed over. */
export function createGraphLinks(rows: Pick<FaceRows, "edges">, primitives: FaceRows["primitives"]): GraphLinks {
  const places = new Map(primitives.map(({ id }, at) => [id, at]));
  const links = { tensions: emptyLists(primitives.length), neighbours: emptyLists(primitives.length) };
  for (const { from, to, kind, weight } of rows.edges ?? []) {
    const a = places.get(from);
    const b = places.get(to);
    if (a === undefined || b === undefined || a === b) continue;
    if (primitives[a]?.state === "disabled" || primitives[b]?.state === "disabled") continue;
    const lists = kind === "tension" ? links.tensions : links.neighbours;
    lists[a]?.push({ at: b, weight });
    lists[b]?.push({ at: a, weight });
  }
  for (const list of [...links.tensions, ...links.neighbours])
    list.sort((one, other) => other.weight - one.weight || one.at - other.at);
  return links;
}

function emptyLists(count: number): Link[][] {
  return Array.from({ length: count }, () => []);
}
