import type { EdgeRow, PrimitiveRow } from "./face-rows";

/**
 * What pulls against each primitive: places of others, the strongest first. Edges to what is not there, or is switched
 * off, are passed over.
 */
export function tensionsOf(edges: readonly EdgeRow[], primitives: readonly PrimitiveRow[]): number[][] {
  const places = new Map(primitives.map(({ id, state }, at) => [id, state === "disabled" ? undefined : at]));
  const links = primitives.map((): { at: number; weight: number }[] => []);
  for (const { from, to, weight } of edges) {
    const a = places.get(from);
    const b = places.get(to);
    if (a === undefined || b === undefined || a === b) continue;
    links[a]?.push({ at: b, weight });
    links[b]?.push({ at: a, weight });
  }
  return links.map((own) =>
    own.sort((one, other) => other.weight - one.weight || one.at - other.at).map(({ at }) => at),
  );
}
