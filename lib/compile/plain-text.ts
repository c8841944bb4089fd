import { findInstructions } from "./find-instructions";

/** As an owner may write one (`UpdatePrimitiveInput`); engines write less. */
const maxStatementCharacters = 500;
/** Objects and conditions may be as long as the clause they stand in. */
const maxPartCharacters = 2_000;

/** Whether a wording that came from elsewhere is short, stands on one line, and is no order to a machine. */
export function isPlainText(text: string): boolean {
  return text.length <= maxStatementCharacters && !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(text) && isHarmless(text);
}

/** Whether a part of a statement is no essay, and no order to a machine. */
export function isHarmless(text: string): boolean {
  return text.length <= maxPartCharacters && findInstructions(text).length === 0;
}
