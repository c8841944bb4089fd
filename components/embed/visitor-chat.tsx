"use client";

import { RotateCcw } from "lucide-react";
import { useEffect, useRef, type ReactNode } from "react";
import { visitorText } from "@/components/strings/embed";
import type { VisitorPage } from "@/lib/embed/schemas";
import { useVisitorChat } from "./use-visitor-chat";
import { useWantedHeight } from "./use-wanted-height";
import { VisitorComposer } from "./visitor-composer";
import { VisitorThread } from "./visitor-thread";

type VisitorChatProps = {
  token: string;
  ticket: string;
  /** the site around it, which may know its height */
  framer: string | null;
  page: Omit<VisitorPage, "theme" | "fingerprint" | "picture_url">;
  figure: ReactNode;
};

/** Who is talked to, what was said, and where to say more; under it always the line that says what this is. */
export function VisitorChat({ token, ticket, framer, page, figure }: VisitorChatProps) {
  const { name, disclosure, model } = page;
  const chat = useVisitorChat(token, ticket);
  const area = useRef<HTMLTextAreaElement>(null);
  const frame = useWantedHeight(framer);
  const isResting = page.state === "resting" && chat.messages.length === 0;
  const isStopped = isResting || chat.problem?.code === "not_found";
  const isEmpty = chat.messages.length === 0 && chat.writing === null;

  // the question that starts again gives the focus to where one asks
  const wasEmpty = useRef(true);
  useEffect(() => {
    if (isEmpty && !wasEmpty.current) area.current?.focus();
    wasEmpty.current = isEmpty;
  }, [isEmpty]);

  return (
    <div ref={frame} className="grid h-full grid-cols-[minmax(0,1fr)] grid-rows-[auto_minmax(0,1fr)_auto]">
      <header className="border-b border-line px-4">
        <div className="mx-auto flex min-h-14 max-w-160 items-center gap-3">
          {figure}
          <h1 className="min-w-0 flex-1 truncate text-3 font-strong">{name}</h1>
          {isEmpty ? null : (
            <button
              type="button"
              aria-label={visitorText.startAgain}
              title={visitorText.startAgain}
              onClick={chat.restart}
              className="grid size-9 shrink-0 place-items-center rounded-2 text-ink-3 hover:bg-sunk-2 hover:text-ink"
            >
              <RotateCcw size={16} strokeWidth={1.75} aria-hidden />
            </button>
          )}
        </div>
      </header>
      <VisitorThread page={page} chat={chat} isResting={isResting} />
      <footer className="px-4 pb-3">
        <div className="mx-auto max-w-160">
          <VisitorComposer
            area={area}
            name={name}
            isWriting={chat.writing !== null}
            isClosed={isStopped}
            onSend={chat.send}
            onStop={chat.stop}
          />
          <p className="mt-2 text-center text-1 text-ink-3 [overflow-wrap:anywhere]">
            {visitorText.machine(name, model)} {disclosure}
          </p>
        </div>
      </footer>
    </div>
  );
}
