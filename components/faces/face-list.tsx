"use client";

import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useRef, type KeyboardEvent } from "react";
import { facesText } from "@/components/strings/faces";
import { useNow } from "@/components/ui/use-now";
import { usePageTop } from "@/components/ui/use-page-top";
import type { FaceView } from "@/lib/faces/schemas";
import type { FaceActions } from "./face-row-menu";
import { FaceRow } from "./face-row";
import type { Selection } from "./use-selection";

const rowPx = 73;
/** Rows kept ready beyond what is seen. */
const beyond = 8;

type FaceListProps = { faces: FaceView[]; selection: Selection; actions: FaceActions };

/** The rows that are in sight, of as many faces as there are. Arrow keys go from face to face. */
export function FaceList({ faces, selection, actions }: FaceListProps) {
  const now = useNow();
  const list = useRef<HTMLUListElement>(null);
  const top = usePageTop(list);
  const rows = useWindowVirtualizer({
    count: faces.length,
    estimateSize: () => rowPx,
    overscan: beyond,
    scrollMargin: top,
    getItemKey: (index) => faces[index]?.id ?? index,
  });

  function moveFocus(event: KeyboardEvent) {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    const row = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>("[data-index]") : null;
    if (step === 0 || row === null || event.defaultPrevented) return;
    const wanted = Number(row.dataset["index"]) + step;
    if (wanted < 0 || wanted >= faces.length) return;
    event.preventDefault();
    rows.scrollToIndex(wanted);
    requestAnimationFrame(() =>
      list.current?.querySelector<HTMLElement>(`[data-index="${wanted}"] [data-face-link]`)?.focus(),
    );
  }

  return (
    <ul
      ref={list}
      aria-label={facesText.list}
      onKeyDown={moveFocus}
      className="relative border-t border-line"
      style={{ height: rows.getTotalSize() }}
    >
      {rows.getVirtualItems().map(({ key, index, start }) => {
        const face = faces[index];
        return face ? (
          <li
            key={key}
            ref={rows.measureElement}
            data-index={index}
            aria-setsize={faces.length}
            aria-posinset={index + 1}
            className="absolute inset-x-0 top-0"
            style={{ transform: `translateY(${start - top}px)` }}
          >
            <FaceRow
              face={face}
              now={now}
              isSelected={selection.has(face.id)}
              onSelect={selection.set}
              actions={actions}
            />
          </li>
        ) : null;
      })}
    </ul>
  );
}
