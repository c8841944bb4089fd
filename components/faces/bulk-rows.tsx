import type { ReactNode } from "react";
import { facesText } from "@/components/strings/faces";
import { StatusLine } from "@/components/ui/status-line";
import type { FaceView } from "@/lib/faces/schemas";
import { FaceAvatar } from "@/components/portraits/face-avatar";
import { nameOf } from "./faces-view";
import type { WorkState } from "./use-bulk-work";

type BulkRowsProps = {
  faces: readonly FaceView[];
  states: ReadonlyMap<string, WorkState>;
  /** what stands beside a face before anything is done with it */
  note: (face: FaceView) => ReactNode;
};

/** The faces that something is done with, each with what became of it. */
export function BulkRows({ faces, states, note }: BulkRowsProps) {
  return (
    <ul className="max-h-72 overflow-y-auto border-y border-line" tabIndex={0} aria-label={facesText.selection}>
      {faces.map((face) => (
        <li key={face.id} className="flex flex-wrap items-center gap-x-3 border-t border-line py-2 first:border-t-0">
          <FaceAvatar face={face} size={20} />
          <span className="min-w-0 flex-1 truncate text-2">{nameOf(face)}</span>
          <Outcome state={states.get(face.id)} note={note(face)} />
        </li>
      ))}
    </ul>
  );
}

function Outcome({ state, note }: { state: WorkState | undefined; note: ReactNode }) {
  if (state === undefined) return <span className="num text-2 text-ink-3">{note}</span>;
  switch (state.status) {
    case "waiting":
      return <StatusLine tone="queued">{facesText.waiting}</StatusLine>;
    case "working":
      return <StatusLine tone="running">{facesText.working}</StatusLine>;
    case "done":
      return <StatusLine tone="done">{facesText.done}</StatusLine>;
    case "failed":
      return (
        <span className="w-full pl-8 text-1 text-danger">
          {state.error instanceof Error ? state.error.message : ""}
        </span>
      );
  }
}
