import { ArrowUp, Square } from "lucide-react";
import { useEffect, useState, type FormEvent, type KeyboardEvent, type RefObject } from "react";
import { visitorText } from "@/components/strings/embed";

type VisitorComposerProps = {
  area: RefObject<HTMLTextAreaElement | null>;
  name: string;
  isWriting: boolean;
  /** nobody is there to answer */
  isClosed: boolean;
  onSend: (text: string) => void;
  onStop: () => void;
};

/** As many characters as the server takes of one message. */
const mostCharacters = 2_000;
const highestPixels = 160;

/** Enter sends, Shift and Enter makes a line. */
export function VisitorComposer({ area, name, isWriting, isClosed, onSend, onStop }: VisitorComposerProps) {
  const [text, setText] = useState("");
  const canSend = text.trim() !== "" && !isWriting && !isClosed;

  useEffect(() => {
    const element = area.current;
    if (element === null) return;
    element.style.height = "auto";
    element.style.height = `${Math.min(element.scrollHeight, highestPixels)}px`;
  }, [area, text]);

  function submit(event?: FormEvent) {
    event?.preventDefault();
    if (!canSend) return;
    onSend(text.trim());
    setText("");
    area.current?.focus();
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    submit();
  }

  const button = "grid size-10 shrink-0 place-items-center rounded-2 wide:size-8";
  return (
    <form
      onSubmit={submit}
      className="flex items-end gap-2 rounded-3 border border-control-line bg-bg py-1.5 pr-1.5 pl-3 focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-accent"
    >
      <textarea
        ref={area}
        rows={1}
        value={text}
        maxLength={mostCharacters}
        disabled={isClosed}
        aria-label={visitorText.message(name)}
        placeholder={visitorText.placeholder(name)}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
        className="min-h-10 min-w-0 flex-1 resize-none overflow-x-hidden bg-transparent py-2 outline-none placeholder:whitespace-nowrap wide:min-h-8 wide:py-1"
      />
      {isWriting ? (
        <button
          type="button"
          aria-label={visitorText.stop}
          title={visitorText.stop}
          onClick={onStop}
          className={`${button} border border-line-2 text-ink hover:bg-sunk`}
        >
          <Square size={12} strokeWidth={1.75} aria-hidden />
        </button>
      ) : (
        <button
          type="submit"
          aria-label={visitorText.send}
          disabled={!canSend}
          className={`${button} bg-accent text-on-accent enabled:hover:bg-accent-hover disabled:bg-sunk-2 disabled:text-ink-3`}
        >
          <ArrowUp size={16} strokeWidth={2} aria-hidden />
        </button>
      )}
    </form>
  );
}
