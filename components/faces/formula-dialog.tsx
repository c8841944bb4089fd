"use client";

import { formulaText } from "@/components/strings/faces";
import { Dialog } from "@/components/ui/dialog";
import type { FaceView } from "@/lib/faces/schemas";
import { FaceFormula } from "./face-formula";
import { nameOf } from "./faces-view";

/** The formula of a composite, from the list. */
export function FormulaDialog({ face, onClose }: { face: FaceView; onClose: () => void }) {
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={formulaText.changeTitle(nameOf(face))}
      description={formulaText.changeWhy}
      className="mid:max-w-144"
    >
      <FaceFormula face={face} onSaved={onClose} />
    </Dialog>
  );
}
