"use client";

import { ArrowUp, Square } from "lucide-react";
import { useEffect, useRef, type FormEvent, type KeyboardEvent } from "react";
import { Button } from "@/components/ui/button";
import { useDraft } from "@/components/ui/use-draft";

type ComposerProps = {
  faceId: string;
  faceName: string;
  /** The engine behind it only quotes. */
  isQuoting: boolean;
  isWriting: boolean;
  onSend: (text: string) => void;
  onStop: () => void;
};

/** Enter sends, Shift and Enter makes a line. What is typed survives a reload. */
export function Composer({ faceId, faceName, isQuoting, isWriting, onSend, onStop }: ComposerProps) {
  const [text, setText, clear] = useDraft(`chat.${faceId}`);
  const area = useRef<HTMLTextAreaElement>(null);
  const canSend = text.trim() !== "" && !isWriting;

  useEffect(() => {
    const element = area.current;
    if (!element) return;
    element.style.height = "auto";
    element.style.height = `${Math.min(element.scrollHeight, 200)}px`;
  }, [text]);

  useEffect(() => {
    // On a phone the keyboard would cover the conversation.
    if (document.activeElement === document.body && matchMedia("(pointer: fine)").matches) area.current?.focus();
  }, []);

  function submit(event?: FormEvent) {
    event?.preventDefault();
    if (!canSend) return;
    onSend(text.trim());
    clear();
    area.current?.focus();
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    submit();
  }

  return (
    <div className="px-4 pb-4 mid:px-6 mid:pb-5">
      <form
        onSubmit={submit}
        className="mx-auto flex max-w-150 items-end gap-2 rounded-3 border border-control-line bg-bg py-1.5 pr-1.5 pl-3 focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-accent"
      >
        <textarea
          ref={area}
          rows={1}
          value={text}
          aria-label={`Message to ${faceName}`}
          placeholder={`Message ${faceName}`}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKeyDown}
          className="min-h-8 flex-1 resize-none bg-transparent py-1 outline-none max-wide:min-h-10 max-wide:py-2"
        />
        {isWriting ? (
          <Button onClick={onStop}>
            <Square size={12} strokeWidth={1.75} aria-hidden />
            Stop
          </Button>
        ) : (
          <Button type="submit" look="primary" size="square" aria-label="Send" disabled={!canSend}>
            <ArrowUp size={16} strokeWidth={2} aria-hidden />
          </Button>
        )}
      </form>
      <p className="mx-auto mt-2 max-w-150 text-center text-1 text-ink-3">
        {isQuoting
          ? `The built-in engine quotes the texts that ${faceName} is compiled from.`
          : `${faceName} is compiled from texts. These answers are made, not said.`}{" "}
        The conversation is kept in this browser only.
      </p>
    </div>
  );
}
