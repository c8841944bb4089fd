"use client";

import { useEffect, useImperativeHandle, useRef, type KeyboardEvent, type Ref } from "react";

type GrowingAreaProps = {
  label: string;
  value: string;
  onChange: (value: string, caret: number) => void;
  onKeyDown: (event: KeyboardEvent<HTMLTextAreaElement>) => void;
  onCaret?: (caret: number) => void;
  placeholder?: string;
  isFocused?: boolean;
  /** of the list of suggestions beside it, and of the one that is chosen in it */
  listId?: string | undefined;
  activeId?: string | undefined;
  ref?: Ref<HTMLTextAreaElement>;
};

const mostPixels = 240;

/** A text field that is as high as its text, up to where it scrolls. */
export function GrowingArea({
  label,
  value,
  onChange,
  onCaret,
  isFocused,
  listId,
  activeId,
  ref,
  ...props
}: GrowingAreaProps) {
  const area = useRef<HTMLTextAreaElement>(null);
  useImperativeHandle<HTMLTextAreaElement | null, HTMLTextAreaElement | null>(ref, () => area.current, []);

  useEffect(() => {
    const element = area.current;
    if (!element) return;
    element.style.height = "auto";
    element.style.height = `${Math.min(element.scrollHeight, mostPixels)}px`;
  }, [value]);

  useEffect(() => {
    if (!isFocused) return;
    const element = area.current;
    element?.focus();
    element?.setSelectionRange(element.value.length, element.value.length);
  }, [isFocused]);

  return (
    <textarea
      ref={area}
      rows={1}
      aria-label={label}
      {...(listId ? { role: "combobox", "aria-expanded": activeId !== undefined, "aria-controls": listId } : {})}
      aria-activedescendant={activeId}
      value={value}
      onChange={(event) => onChange(event.target.value, event.target.selectionStart)}
      onSelect={(event) => onCaret?.(event.currentTarget.selectionStart)}
      className="min-h-8 w-full flex-1 resize-none bg-transparent py-1 outline-none max-wide:min-h-10 max-wide:py-2"
      {...props}
    />
  );
}
