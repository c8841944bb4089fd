"use client";

import { newFaceText } from "@/components/strings/faces";
import { Dialog } from "@/components/ui/dialog";
import { Segmented } from "@/components/ui/segmented";
import { ImportCardPanel } from "./import-card-panel";
import { NewFaceForm } from "./new-face-form";
import { ways, type Way } from "./new-face-ways";

type NewFaceDialogProps = { way: Way; onWay: (way: Way) => void; onClose: () => void };

/** A face of its own texts, of other faces, or from a card: one dialog, and what is typed stays when one changes over. */
export function NewFaceDialog({ way, onWay, onClose }: NewFaceDialogProps) {
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={newFaceText.title}
      description={newFaceText.descriptions[way]}
      className="mid:max-w-144"
    >
      <Segmented
        label={newFaceText.way}
        value={way}
        onChange={onWay}
        segments={ways.map((value) => ({ value, label: newFaceText.ways[value] }))}
        className="justify-self-start"
      />
      {way === "card" ? <ImportCardPanel onClose={onClose} /> : <NewFaceForm way={way} onClose={onClose} />}
    </Dialog>
  );
}
