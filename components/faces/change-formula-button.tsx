"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { formulaText } from "@/components/strings/faces";
import { Button } from "@/components/ui/button";
import type { FaceView } from "@/lib/faces/schemas";

const FormulaDialog = dynamic(() => import("./formula-dialog").then((file) => file.FormulaDialog), { ssr: false });

/** Opens the formula of a composite, wherever it is told. */
export function ChangeFormulaButton({ face }: { face: FaceView }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setIsOpen(true)}>{formulaText.change}</Button>
      {isOpen ? <FormulaDialog face={face} onClose={() => setIsOpen(false)} /> : null}
    </>
  );
}
