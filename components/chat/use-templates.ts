"use client";

import { useMemo, useState, type KeyboardEvent } from "react";
import { useFaces } from "@/components/faces/use-faces";
import { completeTemplate, findTemplates, templateAt } from "./template-at";

/**
 * Offers faces while `${…` is typed.
 *
 * @param text what stands in the field; @param caret where one writes in it
 * @param onComplete given the new text, and where the caret belongs
 */
export function useTemplates(text: string, caret: number, onComplete: (text: string, caret: number) => void) {
  const faces = useFaces();
  const [chosen, setChosen] = useState(0);
  const [closedAt, setClosedAt] = useState(-1);
  const open = templateAt(text, caret);
  const found = useMemo(
    () => (open === null ? [] : findTemplates(faces.data ?? [], open.query)),
    // the same template with the same letters offers the same faces
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [faces.data, open?.start, open?.query],
  );
  const isOpen = open !== null && open.start !== closedAt && found.length > 0;
  const active = Math.min(chosen, found.length - 1);

  function choose(username: string) {
    if (open === null) return;
    const next = completeTemplate(text, caret, open, username);
    setChosen(0);
    onComplete(next.text, next.caret);
  }

  /** @returns whether the key was meant for the list */
  function onKeyDown(event: KeyboardEvent): boolean {
    if (!isOpen) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) setChosen((active + step + found.length) % found.length);
    else if (event.key === "Escape") setClosedAt(open.start);
    else if ((event.key === "Enter" && !event.shiftKey) || event.key === "Tab") choose(found[active]?.username ?? "");
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  return { isOpen, found, active, choose, onKeyDown, example: faces.data?.[0]?.username ?? null };
}
