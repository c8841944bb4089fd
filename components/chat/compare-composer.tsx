"use client";

import { Square } from "lucide-react";
import { useState, type FormEvent, type KeyboardEvent } from "react";
import { chatText } from "@/components/strings/chat";
import { Button } from "@/components/ui/button";
import { GrowingArea } from "./growing-area";

type CompareComposerProps = {
  /** as the address has it */
  question: string;
  isSame: boolean;
  isWriting: boolean;
  onAsk: (question: string) => void;
  onStop: () => void;
};

/** The question to both sides. It stays in the field, and in the address. */
export function CompareComposer({ question, isSame, isWriting, onAsk, onStop }: CompareComposerProps) {
  const [value, setValue] = useState(question);
  const canAsk = value.trim() !== "" && !isWriting;
  function submit(event?: FormEvent) {
    event?.preventDefault();
    if (canAsk) onAsk(value.trim());
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    submit();
  }
  return (
    <div className="border-t border-line px-4 pt-3 pb-3 mid:px-6 mid:pb-4">
      <form
        onSubmit={submit}
        className="mx-auto flex max-w-200 items-end gap-2 rounded-3 border border-control-line bg-bg p-1.5 pl-3 focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-accent"
      >
        <GrowingArea
          label={chatText.comparePrompt}
          placeholder={chatText.comparePlaceholder}
          value={value}
          onChange={setValue}
          onKeyDown={onKeyDown}
        />
        {isWriting ? (
          <Button onClick={onStop}>
            <Square size={12} strokeWidth={1.75} aria-hidden />
            {chatText.stopBoth}
          </Button>
        ) : (
          <Button type="submit" look="primary" disabled={!canAsk}>
            {chatText.askBoth}
          </Button>
        )}
      </form>
      {isSame ? <p className="mx-auto mt-2 max-w-200 text-1 text-ink-3">{chatText.same}</p> : null}
    </div>
  );
}
