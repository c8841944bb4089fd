"use client";

import { ArrowUp, Square } from "lucide-react";
import {
  useEffect,
  useId,
  useImperativeHandle,
  useRef,
  useState,
  type FormEvent,
  type KeyboardEvent,
  type Ref,
  type RefObject,
} from "react";
import { chatText } from "@/components/strings/chat";
import { Button } from "@/components/ui/button";
import { RichText } from "@/components/ui/rich-text";
import { useDraft } from "@/components/ui/use-draft";
import { GrowingArea } from "./growing-area";
import { TemplateList } from "./template-list";
import { useTemplates } from "./use-templates";

type ComposerProps = {
  /** what tells this draft from others */
  draftKey: string;
  faceName: string;
  /** The engine behind it only quotes. */
  isQuoting: boolean;
  isWriting: boolean;
  onSend: (text: string) => void;
  onStop: () => void;
  /** ↑ in an empty field */
  onEditLast: () => void;
  ref?: Ref<HTMLTextAreaElement>;
};

/** Enter sends, Shift and Enter makes a line, ↑ edits the last question. What is typed survives a reload. */
export function Composer({ draftKey, faceName, isQuoting, isWriting, onSend, onStop, onEditLast, ref }: ComposerProps) {
  const [text, setText, clear] = useDraft(`chat.${draftKey}`);
  const [caret, setCaret] = useState(0);
  const area = useRef<HTMLTextAreaElement>(null);
  useImperativeHandle<HTMLTextAreaElement | null, HTMLTextAreaElement | null>(ref, () => area.current, []);
  const listId = useId();
  const canSend = text.trim() !== "" && !isWriting;
  const templates = useTemplates(text, caret, (next, at) => {
    setText(next);
    setCaret(at);
    requestAnimationFrame(() => area.current?.setSelectionRange(at, at));
  });
  useFocusOnArrival(area);

  function submit(event?: FormEvent) {
    event?.preventDefault();
    if (!canSend) return;
    onSend(text.trim());
    clear();
    area.current?.focus();
  }

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>) {
    if (event.nativeEvent.isComposing || templates.onKeyDown(event)) return;
    if (event.key === "ArrowUp" && text === "") {
      event.preventDefault();
      onEditLast();
    }
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    submit();
  }

  return (
    <div className="px-4 pb-3 mid:px-6 mid:pb-4">
      <form
        onSubmit={submit}
        className="relative mx-auto max-w-150 rounded-3 border border-control-line bg-bg p-1.5 pl-3 focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-accent"
      >
        {templates.isOpen ? (
          <TemplateList id={listId} faces={templates.found} active={templates.active} onChoose={templates.choose} />
        ) : null}
        <GrowingArea
          ref={area}
          label={chatText.messageTo(faceName)}
          placeholder={chatText.messagePlaceholder(faceName)}
          value={text}
          onChange={(next, at) => {
            setText(next);
            setCaret(at);
          }}
          onCaret={setCaret}
          onKeyDown={onKeyDown}
          listId={templates.isOpen ? listId : undefined}
          activeId={templates.isOpen ? `${listId}-${templates.active}` : undefined}
        />
        <div className="flex items-center gap-2">
          <span className="mr-auto min-w-0 truncate text-1 text-ink-3">
            {templates.example ? (
              <RichText
                text={chatText.templateHint(templates.example)}
                parts={{ code: (words) => <code>{words}</code> }}
              />
            ) : null}
          </span>
          {isWriting ? (
            <Button onClick={onStop}>
              <Square size={12} strokeWidth={1.75} aria-hidden />
              {chatText.stop}
            </Button>
          ) : (
            <Button type="submit" look="primary" size="square" aria-label={chatText.send} disabled={!canSend}>
              <ArrowUp size={16} strokeWidth={2} aria-hidden />
            </Button>
          )}
        </div>
      </form>
      <p className="mx-auto mt-2 max-w-150 text-center text-1 text-ink-3">
        {isQuoting ? chatText.noteQuotes(faceName) : chatText.noteModel(faceName)}
      </p>
    </div>
  );
}

/** On a phone the keyboard would cover the conversation. */
function useFocusOnArrival(area: RefObject<HTMLTextAreaElement | null>): void {
  useEffect(() => {
    if (document.activeElement === document.body && matchMedia("(pointer: fine)").matches) area.current?.focus();
  }, [area]);
}
