"use client";

import { useEffect, useId, useRef, useState, type KeyboardEvent, type Ref } from "react";
import { formulaText as text } from "@/components/strings/faces";
import { Input } from "@/components/ui/input";
import { cn } from "@/components/ui/cn";
import type { FaceView } from "@/lib/faces/schemas";
import { operators } from "@/lib/faces/formula";
import { FaceAvatar } from "@/components/portraits/face-avatar";
import { nameOf } from "./faces-view";
import { insertOperator, replaceToken, tokenAt, type Typed } from "./formula-typing";

const maxSuggestions = 6;
const signs = [...operators, "()"] as const;

type FormulaFieldProps = {
  control: { id: string; "aria-describedby"?: string; "aria-invalid"?: true };
  value: string;
  onChange: (value: string) => void;
  operands: readonly FaceView[];
  inputRef: Ref<HTMLInputElement>;
};

/** Where a formula is typed: names are offered as one types, and there is a button for each operator. */
export function FormulaField({ control, value, onChange, operands, inputRef }: FormulaFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  const listId = useId();
  const [caret, setCaret] = useState<number | null>(null);
  const [active, setActive] = useState(0);
  const token = caret === null ? "" : tokenAt(value, caret).text;
  const offered = caret === null ? [] : suggestions(token, operands);
  const isOpen = offered.length > 0;
  const current = Math.min(active, offered.length - 1);
  useEscape(isOpen, () => setCaret(null));

  function apply({ value: next, caret: at }: Typed) {
    onChange(next);
    setCaret(null);
    // behind the render that writes the value
    requestAnimationFrame(() => {
      input.current?.focus();
      input.current?.setSelectionRange(at, at);
    });
  }

  function pressed(event: KeyboardEvent<HTMLInputElement>) {
    const face = isOpen ? offered[current] : undefined;
    if (face !== undefined && (event.key === "Enter" || event.key === "Tab")) {
      event.preventDefault();
      apply(replaceToken(value, caret ?? 0, face.username));
    } else if (isOpen && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      setActive((current + (event.key === "ArrowDown" ? 1 : offered.length - 1)) % offered.length);
    }
  }

  return (
    <div className="grid gap-2">
      <div className="relative">
        <Input
          {...control}
          ref={(element) => {
            input.current = element;
            if (typeof inputRef === "function") inputRef(element);
            else if (inputRef) inputRef.current = element;
          }}
          role="combobox"
          aria-expanded={isOpen}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={isOpen ? `${listId}-${current}` : undefined}
          value={value}
          placeholder={text.example}
          maxLength={1_000}
          autoCapitalize="none"
          autoComplete="off"
          spellCheck={false}
          className="font-mono"
          onChange={(event) => {
            onChange(event.target.value);
            setCaret(event.target.selectionStart);
            setActive(0);
          }}
          onKeyDown={pressed}
          onBlur={() => setCaret(null)}
        />
        <ul
          id={listId}
          role="listbox"
          aria-label={text.suggestions}
          className={cn(
            "absolute inset-x-0 top-full z-10 mt-1 rounded-3 border border-line-2 bg-over p-1",
            !isOpen && "hidden",
          )}
        >
          {offered.map((face, at) => (
            <li
              key={face.id}
              id={`${listId}-${at}`}
              role="option"
              aria-selected={at === current}
              // the field keeps the focus
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => apply(replaceToken(value, caret ?? 0, face.username))}
              className={cn(
                "flex min-h-10 cursor-pointer items-center gap-2 rounded-2 px-2 text-2 wide:min-h-8",
                at === current && "bg-accent-soft",
              )}
            >
              <FaceAvatar face={face} size={20} />
              <span className="truncate">{nameOf(face)}</span>
              <span className="ml-auto truncate font-mono text-ink-3">{face.username}</span>
            </li>
          ))}
        </ul>
      </div>
      <div role="group" aria-label={text.operators} className="flex flex-wrap gap-1.5">
        {signs.map((sign) => (
          <button
            key={sign}
            type="button"
            aria-label={text.insert(sign, text.operatorNames[sign].label, text.operatorNames[sign].about)}
            onClick={() => {
              const { selectionStart, selectionEnd } = input.current ?? { selectionStart: null, selectionEnd: null };
              const from = selectionStart ?? value.length;
              apply(insertOperator(value, from, selectionEnd ?? from, sign));
            }}
            className="inline-flex min-h-9 items-center gap-1.5 rounded-2 border border-line-2 px-2 text-2 text-ink-2 hover:bg-sunk hover:text-ink wide:min-h-7"
          >
            <span className="min-w-3 text-center font-mono">{sign}</span>
            <span className="hidden mid:inline">{text.operatorNames[sign].label}</span>
          </button>
        ))}
      </div>
    </div>
  );
}

/** Faces whose username or name begins with what is typed, then those that hold it; none once it is whole. */
function suggestions(typed: string, operands: readonly FaceView[]): FaceView[] {
  const word = typed.toLowerCase();
  if (word === "" || /^[|&^-]$/u.test(word) || operands.some(({ username }) => username === word)) return [];
  const rank = ({ username, name }: FaceView) => {
    const names = [username, ...(name ?? "").toLowerCase().split(/\s+/u)];
    return names.some((each) => each.startsWith(word)) ? 0 : names.some((each) => each.includes(word)) ? 1 : 2;
  };
  return operands
    .filter((face) => rank(face) < 2)
    .toSorted((a, b) => rank(a) - rank(b))
    .slice(0, maxSuggestions);
}

/** Escape closes the list before the dialog around it, which listens on the document. */
function useEscape(isOpen: boolean, close: () => void): void {
  const latest = useRef(close);
  useEffect(() => {
    latest.current = close;
  });
  useEffect(() => {
    if (!isOpen) return;
    const pressed = (event: globalThis.KeyboardEvent) => {
      if (event.key !== "Escape") return;
      event.stopImmediatePropagation();
      latest.current();
    };
    addEventListener("keydown", pressed, { capture: true });
    return () => removeEventListener("keydown", pressed, { capture: true });
  }, [isOpen]);
}
