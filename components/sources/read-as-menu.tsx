"use client";

import { Check, ChevronDown } from "lucide-react";
import { sourcesText } from "@/components/strings/sources";
import { Menu, MenuChoice, MenuChoices, MenuLine, MenuTick } from "@/components/ui/menu";
import type { DocumentView } from "@/lib/documents/schemas";
import type { FaceView } from "@/lib/faces/schemas";
import { kindOf, sourceKinds, type SourceKind } from "./source-kind";
import { useReadAs } from "./use-read-as";

/** Those who speak first; in a group of hundreds the dialog finds the others. */
const mostSpeakers = 12;

type ReadAsMenuProps = {
  face: FaceView;
  document: DocumentView;
  /** nobody in the text bears the face's name */
  onAskSpeaker: (document: DocumentView) => void;
};

/** How a text is read, which is guessed when it comes in: another choice puts it back into the line. */
export function ReadAsMenu({ face, document, onAskSpeaker }: ReadAsMenuProps) {
  const { readAs, speakAs } = useReadAs(face.username, onAskSpeaker);
  const kind = kindOf(document);
  const word = sayKind(document, face);
  return (
    <Menu
      align="start"
      label={sourcesText.readAs}
      trigger={
        <button
          type="button"
          aria-label={sourcesText.readAsOf(document.label, word)}
          className="-my-1 inline-flex min-h-6 min-w-0 items-center gap-0.5 rounded-1 text-1 text-ink-2 hover:text-ink"
        >
          <span className="truncate">{word}</span>
          <ChevronDown size={12} strokeWidth={1.75} aria-hidden />
        </button>
      }
    >
      <MenuChoices value={kind} onValueChange={(value) => readAs(document, value as SourceKind)}>
        {sourceKinds.map(({ value, label }) => (
          <Choice key={value} value={value} label={label} />
        ))}
      </MenuChoices>
      {kind === "thread" && document.speakers.length > 1 ? (
        <>
          <MenuLine />
          <MenuChoices
            value={document.face_speaker ?? ""}
            onValueChange={(speaker) => speakAs(document, speaker)}
            aria-label={sourcesText.speaksAs}
          >
            {document.speakers.slice(0, mostSpeakers).map((speaker) => (
              <Choice key={speaker} value={speaker} label={sourcesText.speaksAsOne(speaker)} />
            ))}
          </MenuChoices>
        </>
      ) : null}
    </Menu>
  );
}

function Choice({ value, label }: { value: string; label: string }) {
  return (
    <MenuChoice value={value}>
      <span className="mr-auto truncate">{label}</span>
      <MenuTick>
        <Check size={14} strokeWidth={1.75} aria-hidden />
      </MenuTick>
    </MenuChoice>
  );
}

/** "Own words", or who the face is in a conversation. */
export function sayKind(document: DocumentView, face: FaceView): string {
  if (document.type === "thread" && document.face_speaker)
    return sourcesText.threadOf(face.name ?? face.username, document.face_speaker);
  return sourcesText.kindNames[kindOf(document)];
}
