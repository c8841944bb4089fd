"use client";

import { toast } from "@/components/ui/toast";
import { primitivesText } from "@/components/strings/primitives";
import { type PrimitiveChange, useUpdatePrimitive } from "./use-update-primitive";

/** Says what the owner wants of a statement; the toast takes it back. It tells also when another is looked at by now. */
export function useStatementChange(face: string) {
  const update = useUpdatePrimitive(face);
  const say = (id: string, part: PrimitiveChange, done: string, back: PrimitiveChange | null) =>
    void update.mutateAsync({ id, ...part }).then(
      () =>
        toast(
          done,
          back === null
            ? {}
            : { action: { label: primitivesText.undo, onClick: () => say(id, back, primitivesText.undone, null) } },
        ),
      (error: Error) => toast.error(primitivesText.notChanged(error.message)),
    );
  return (id: string, part: PrimitiveChange, back: PrimitiveChange, done: string) => say(id, part, done, back);
}

export type StatementChange = ReturnType<typeof useStatementChange>;
