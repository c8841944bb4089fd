"use client";

import { useMemo } from "react";
import { z } from "zod";
import { useDraft } from "@/components/ui/use-draft";
import { parseJson } from "@/lib/json";

const NewFaceDraft = z.object({
  name: z.string().catch(""),
  /** null: made of the name */
  username: z.string().nullable().catch(null),
  facts: z.string().catch(""),
  pronouns: z.string().catch(""),
  model: z.string().catch(""),
  formula: z.string().catch(""),
});
export type NewFaceDraft = z.infer<typeof NewFaceDraft>;

const empty: NewFaceDraft = { name: "", username: null, facts: "", pronouns: "", model: "", formula: "" };

/** What is typed into the dialog of a new face, kept in this browser until there is a face. */
export function useNewFaceDraft() {
  const [stored, setStored, clear] = useDraft("new-face");
  const draft = useMemo(() => NewFaceDraft.safeParse(parseJson(stored)).data ?? empty, [stored]);
  return {
    draft,
    isKept: stored !== "",
    change: (part: Partial<NewFaceDraft>) => setStored(JSON.stringify({ ...draft, ...part })),
    clear,
  };
}
