import type { Operator } from "@/lib/faces/formula";

export type Typed = { value: string; caret: number };

/** What stands around the caret, between spaces and parentheses. */
export function tokenAt(value: string, caret: number): { start: number; end: number; text: string } {
  const before = /[^\s()]*$/u.exec(value.slice(0, caret))?.[0] ?? "";
  const after = /^[^\s()]*/u.exec(value.slice(caret))?.[0] ?? "";
  return { start: caret - before.length, end: caret + after.length, text: before + after };
}

/** Puts a name in place of what is being typed, with a space for what comes next. */
export function replaceToken(value: string, caret: number, name: string): Typed {
  const { start, end } = tokenAt(value, caret);
  const rest = value.slice(end).replace(/^ /u, "");
  return { value: `${value.slice(0, start)}${name} ${rest}`, caret: start + name.length + 1 };
}

/** Puts an operator between spaces where the caret is, or parentheses around what is selected. */
export function insertOperator(value: string, from: number, to: number, operator: Operator | "()"): Typed {
  const [before, selected, after] = [value.slice(0, from), value.slice(from, to), value.slice(to)];
  if (operator === "()") {
    const inside = `${before}(${selected}`;
    return { value: `${inside})${after}`, caret: inside.length + (selected === "" ? 0 : 1) };
  }
  const written = `${before.trimEnd()} ${operator} `.trimStart();
  return { value: written + after.trimStart(), caret: written.length };
}
