"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useSettled } from "@/components/ui/use-settled";
import type { FaceView } from "@/lib/faces/schemas";
import { FacePreview } from "@/lib/faces/schemas";
import { dataOf, fetchJson } from "@/lib/http/fetch-json";
import { checkFormula, type FormulaProblem } from "./check-formula";
import { formulaWords } from "./formula-words";
import { nameOf } from "./faces-view";
import { useFaces, useMoreFaces } from "./use-faces";

const settleMs = 350;

export type FormulaState = {
  problem: FormulaProblem | null;
  /** what it says; null while it cannot be read */
  words: string | null;
  /** the faces that may be parts */
  operands: FaceView[];
  preview: { data: FacePreview | undefined; error: Error | null; isWaiting: boolean; retry: () => void };
};

/**
 * A formula while it is typed: what is wrong with it, what it says, and what it would hold.
 *
 * @param self the face that it is for, when it is there already
 */
export function useFormula(value: string, self: FaceView | null): FormulaState {
  const all = useFaces().data;
  // a name may be on a page that has not come yet: then the server tells
  const known = useMoreFaces() ? null : (all ?? null);
  const { formula, problem } = checkFormula(value, known, self?.id ?? null);
  const settled = useSettled(value.trim(), settleMs);
  const isAsked = problem === null && settled === value.trim();
  const preview = useQuery({
    queryKey: ["formula-preview", settled, self?.id ?? null],
    queryFn: ({ signal }) => fetchPreview(settled, self, signal),
    enabled: isAsked,
    placeholderData: keepPreviousData,
    retry: false,
  });
  const names = new Map((all ?? []).map((face) => [face.username, nameOf(face)]));
  return {
    problem,
    words: formula === null ? null : formulaWords(formula, (ref) => names.get(ref) ?? ref),
    operands: (all ?? []).filter((face) => !face.is_sample && face.formula === null && face.id !== self?.id),
    preview: {
      data: problem === null ? preview.data : undefined,
      error: isAsked ? preview.error : null,
      isWaiting: problem === null && (preview.isFetching || settled !== value.trim()),
      retry: () => void preview.refetch(),
    },
  };
}

async function fetchPreview(formula: string, self: FaceView | null, signal: AbortSignal): Promise<FacePreview> {
  const [path, method, body] =
    self === null
      ? ["/v1/faces", "POST" as const, { username: "preview", formula }]
      : [`/v1/faces/${self.id}`, "PATCH" as const, { formula }];
  return (await fetchJson(`${path}?dry_run=true`, dataOf(FacePreview), { method, body, signal })).data;
}
