"use client";

import { ChevronsUpDown } from "lucide-react";
import { FaceAvatar } from "@/components/portraits/face-avatar";
import { useFaces } from "@/components/faces/use-faces";
import { chatText } from "@/components/strings/chat";
import type { FaceView } from "@/lib/faces/schemas";
import { ChoicePopover, type Choice } from "./choice-list";

type FacePickerProps = { face: FaceView; label?: string; onChange: (username: string) => void };

/** Whom one speaks to, before a conversation has begun. */
export function FacePicker({ face, label, onChange }: FacePickerProps) {
  const faces = useFaces();
  const name = face.name ?? face.username;
  const find = (query: string): Choice[] =>
    (faces.data ?? [])
      .filter((each) => `${each.name ?? ""} ${each.username}`.toLowerCase().includes(query.trim().toLowerCase()))
      .map((each) => ({
        value: each.username,
        label: each.name ?? each.username,
        note: each.username,
        figure: <FaceAvatar face={each} size={20} />,
      }));
  return (
    <ChoicePopover
      align="start"
      label={chatText.chooseFace}
      title={chatText.chooseFace}
      searchLabel={chatText.searchFaces}
      emptyText={chatText.noFaceFound}
      moreText={chatText.modelMore}
      value={face.username}
      find={find}
      onChoose={onChange}
      trigger={
        <button
          type="button"
          aria-label={label ?? chatText.chooseFaceLabel(name)}
          className="-mx-1.5 flex max-w-full min-w-0 items-center gap-1 rounded-2 px-1.5 py-0.5 text-2 font-strong hover:bg-sunk-2"
        >
          <span className="truncate">{name}</span>
          <ChevronsUpDown size={14} strokeWidth={1.75} aria-hidden className="text-ink-3" />
        </button>
      }
    />
  );
}
