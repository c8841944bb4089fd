import { z } from "zod";
import type { DbOrTransaction } from "@/lib/db/client";
import { type Component, components, kinds, type Predicate } from "./grammar";

const predicates = kinds.map(({ predicate }) => predicate);

/** What an owner changed of a primitive. What is missing is as it was compiled. */
export const Override = z.object({
  pinned: z.literal(true).optional(),
  disabled: z.literal(true).optional(),
  accepted: z.literal(true).optional(),
  text: z.string().optional(),
  component: z.enum(components).optional(),
  predicate: z.enum(predicates).optional(),
});
export type Override = z.infer<typeof Override>;

/** By key of a primitive. */
export const Overrides = z.record(z.string(), Override);
export type Overrides = z.infer<typeof Overrides>;

type OverrideColumns = {
  isPinned: boolean;
  isDisabled: boolean;
  isAccepted: boolean;
  editedText: string | null;
  editedComponent: string | null;
  editedPredicate: string | null;
};

/** What the owner changed, of a primitive as it is stored. */
export function toOverride(row: OverrideColumns): Override {
  return {
    ...(row.isPinned ? { pinned: true } : {}),
    ...(row.isDisabled ? { disabled: true } : {}),
    ...(row.isAccepted ? { accepted: true } : {}),
    ...(row.editedText === null ? {} : { text: row.editedText }),
    ...(row.editedComponent === null ? {} : { component: row.editedComponent as Component }),
    ...(row.editedPredicate === null ? {} : { predicate: row.editedPredicate as Predicate }),
  };
}

/** All that an owner changed in a face's graph as it is. */
export async function readOverrides(db: DbOrTransaction, faceId: string): Promise<Overrides> {
  const rows = await db.primitive.findMany({
    where: {
      faceId,
      OR: [
        { isPinned: true },
        { isDisabled: true },
        { isAccepted: true },
        { editedText: { not: null } },
        { editedComponent: { not: null } },
      ],
    },
    select: {
      key: true,
      isPinned: true,
      isDisabled: true,
      isAccepted: true,
      editedText: true,
      editedComponent: true,
      editedPredicate: true,
    },
    orderBy: { key: "asc" },
  });
  return Object.fromEntries(rows.map((row) => [row.key, toOverride(row)]));
}

/** A primitive as its owner has it. What an owner pinned, edited or accepted is reviewed: it is no draft any more. */
export function withOverride<T extends { component: string; predicate: string; statement: string; state: string }>(
  primitive: T,
  override: Override | undefined,
): T & { state: "active" | "draft" | "disabled"; pinned: boolean; edited: boolean } {
  const { pinned = false, disabled = false, accepted = false, text, component, predicate } = override ?? {};
  const edited = text !== undefined || component !== undefined;
  const isDraft = primitive.state === "draft" && !pinned && !accepted && !edited;
  return {
    ...primitive,
    component: component ?? primitive.component,
    predicate: predicate ?? primitive.predicate,
    statement: text ?? primitive.statement,
    state: disabled ? "disabled" : isDraft ? "draft" : "active",
    pinned,
    edited,
  };
}
