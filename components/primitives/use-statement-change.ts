"use client";

import { toast } from "@/components/ui/toast";
import { primitivesText } from "@/components/strings/primitives";
import { type PrimitiveChange, useUpdatePrimitive } from "./use-update-primitive";

/** Says what the owner wants of a statement; the toast takes it back. */
export function useStatementChange(face: string) {
  const update = useUpdatePrimitive(face);
  const say = (id: string, part: PrimitiveChange, done: string, back: PrimitiveChange | null) =>
    update.mutate(
      { id, ...part },
      {
        onError: (error) => toast.error(primitivesText.notChanged(error.message)),
        onSuccess: () =>
          back === null
            ? toast(done)
            : toast(done, {
                action: {
                  label: primitivesText.undo,
                  onClick: () => say(id, back, primitivesText.undone, null),
                },
              }),
      },
    );
  return (id: string, part: PrimitiveChange, back: PrimitiveChange, done: string) => say(id, part, done, back);
}

export type StatementChange = ReturnType<typeof useStatementChange>;
