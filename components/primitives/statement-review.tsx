import { Undo2 } from "lucide-react";
import { primitivesText } from "@/components/strings/primitives";
import { Button } from "@/components/ui/button";
import type { PrimitiveView } from "@/lib/compile/schemas";
import type { StatementChange } from "./use-statement-change";
import type { PrimitiveChange } from "./use-update-primitive";

/** A draft waits for somebody to say whether it is true; an edit can be taken back. */
export function StatementReview({ primitive, change }: { primitive: PrimitiveView; change: StatementChange }) {
  if (primitive.state !== "draft" && !primitive.edited) return null;
  const { id, statement } = primitive;
  const predicate = primitive.predicate as PrimitiveChange["predicate"];
  const { changed } = primitivesText;
  return (
    <div className="flex flex-wrap gap-2">
      {primitive.state === "draft" ? (
        <>
          <Button look="primary" onClick={() => change(id, { state: "active" }, { state: null }, changed.accepted)}>
            {primitivesText.accept}
          </Button>
          <Button onClick={() => change(id, { disabled: true }, { disabled: false }, changed.disabled)}>
            {primitivesText.reject}
          </Button>
        </>
      ) : null}
      {primitive.edited ? (
        <Button
          look="ghost"
          onClick={() => change(id, { statement: null, predicate: null }, { statement, predicate }, changed.reverted)}
        >
          <Undo2 size={14} strokeWidth={1.75} aria-hidden />
          {primitivesText.revert}
        </Button>
      ) : null}
    </div>
  );
}
