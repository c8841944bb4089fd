import type { Db, Prisma } from "@/lib/db/client";
import { type Component, components } from "./grammar";
import { primitiveConditions, type PrimitiveFilter } from "./list-primitives";
import { toOverride, withOverride } from "./primitive-overrides";
import type { PrimitiveCounts } from "./schemas";

/** A primitive as far as it is counted. */
export type CountedPrimitive = {
  id: string;
  component: string;
  predicate: string;
  state: "active" | "draft" | "disabled";
  isPinned: boolean;
  isEdited: boolean;
  isInTension: boolean;
};

/** What fits the filter in words, text and confidence: what else is asked for is counted by `tally`. */
export async function countedPrimitives(
  db: Db,
  where: Prisma.PrimitiveWhereInput,
  { q, document, min_confidence }: PrimitiveFilter,
): Promise<CountedPrimitive[]> {
  const tensions = { where: { kind: "tension" } };
  const rows = await db.primitive.findMany({
    where: { ...where, AND: primitiveConditions({ q, document, min_confidence }) },
    select: {
      id: true,
      component: true,
      predicate: true,
      state: true,
      isPinned: true,
      isDisabled: true,
      isAccepted: true,
      editedText: true,
      editedComponent: true,
      editedPredicate: true,
      _count: { select: { edgesOut: tensions, edgesIn: tensions } },
    },
  });
  return rows.map((row) => {
    const shown = withOverride({ ...row, statement: "" }, toOverride(row));
    const { component, predicate, state, edited: isEdited } = shown;
    const isInTension = row._count.edgesOut + row._count.edgesIn > 0;
    return { id: row.id, component, predicate, state, isPinned: row.isPinned, isEdited, isInTension };
  });
}

type Part = "component" | "predicate" | "state" | "pinned" | "edited" | "tension";

/** How many there would be for each choice, all other choices as they are. */
export function tally(rows: readonly CountedPrimitive[], filter: PrimitiveFilter): PrimitiveCounts {
  const fitting = (left?: Part) => rows.filter((row) => fits(row, left ? { ...filter, [left]: undefined } : filter));
  const count = <K extends string>(keys: readonly K[], part: Part, of: (row: CountedPrimitive) => string) => {
    const found = Map.groupBy(fitting(part), of);
    return Object.fromEntries(keys.map((key) => [key, found.get(key)?.length ?? 0])) as Record<K, number>;
  };
  const kinds = Map.groupBy(fitting("predicate"), ({ component, predicate }) => `${component} ${predicate}`);
  return {
    total: fitting().length,
    components: count(components, "component", ({ component }) => component),
    states: count(["active", "draft", "disabled"], "state", ({ state }) => state),
    pinned: fitting("pinned").filter(({ isPinned }) => isPinned).length,
    edited: fitting("edited").filter(({ isEdited }) => isEdited).length,
    tension: fitting("tension").filter(({ isInTension }) => isInTension).length,
    kinds: [...kinds]
      .map(([kind, { length }]) => {
        const [component = "", predicate = ""] = kind.split(" ");
        return { component: component as Component, predicate, count: length };
      })
      .sort(
        (a, b) =>
          components.indexOf(a.component) - components.indexOf(b.component) || (a.predicate < b.predicate ? -1 : 1),
      ),
  };
}

function fits(row: CountedPrimitive, filter: PrimitiveFilter): boolean {
  return (
    (filter.component === undefined || row.component === filter.component) &&
    (filter.predicate === undefined || row.predicate === filter.predicate) &&
    (filter.state === undefined || row.state === filter.state) &&
    (filter.pinned === undefined || row.isPinned === filter.pinned) &&
    (filter.edited === undefined || row.isEdited === filter.edited) &&
    (filter.tension === undefined || row.isInTension === filter.tension)
  );
}
