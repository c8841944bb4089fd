"use client";

import type { Ref } from "react";
import { portraitsText as text } from "@/components/strings/portraits";
import { Textarea } from "@/components/ui/input";
import { cn } from "@/components/ui/cn";
import type { Marked } from "./order-text";

type PromptFieldProps = {
  value: string;
  marks: readonly Marked[];
  describedBy: string;
  labelledBy: string;
  inputRef: Ref<HTMLTextAreaElement>;
  onChange: (value: string) => void;
  onSubmit: () => void;
};

/**
 * A field whose words are underlined or struck out while one types. The marks lie under the letters, drawn by the same
 * words without colour; the field itself stays a plain one.
 */
export function PromptField({ value, marks, describedBy, labelledBy, inputRef, onChange, onSubmit }: PromptFieldProps) {
  const letters =
    "rounded-2 border px-3 py-2.5 text-3 wide:text-3 leading-7 wide:leading-7 wrap-break-word whitespace-pre-wrap";
  return (
    <div className="relative">
      {/* in the flow: the field is as high as its words, and never scrolls away from its marks */}
      <div aria-hidden className={cn(letters, "min-h-[106px] border-transparent text-transparent")}>
        <Marks value={value} marks={marks} />
        {/* an empty last line has its height too */}
        {"\u200b"}
      </div>
      <Textarea
        ref={inputRef}
        maxLength={4000}
        value={value}
        placeholder={text.promptPlaceholder}
        aria-labelledby={labelledBy}
        aria-describedby={describedBy}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || !(event.metaKey || event.ctrlKey)) return;
          event.preventDefault();
          onSubmit();
        }}
        className={cn(
          letters,
          "absolute inset-0 h-full resize-none overflow-hidden border-control-line bg-transparent",
        )}
      />
    </div>
  );
}

function Marks({ value, marks }: { value: string; marks: readonly Marked[] }) {
  const pieces = marks.flatMap(({ start, end, isUnderstood }, index) => [
    value.slice(marks[index - 1]?.end ?? 0, start),
    <span key={start} className={isUnderstood ? understoodMark : ignoredMark}>
      {value.slice(start, end)}
    </span>,
  ]);
  return (
    <>
      {pieces}
      {value.slice(marks.at(-1)?.end ?? 0)}
    </>
  );
}

export const understoodMark = "underline decoration-ink decoration-2 underline-offset-5";
export const ignoredMark = "line-through decoration-danger decoration-2";
