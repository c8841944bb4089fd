/** Where a very long sentence may be cut: between its clauses. */
const clauseBorder =
  /(?<=[;:])\s+|(?<=,)\s+(?=(?:and|but|which|who|for|so|yet|though|because|as|that|when|where)\b)|(?<=--|—|–)\s*/gu;
/** What joined a clause to the one that was left out. */
export const joint = /^(?:and|but|for|so|as|that)\s+(?=(?:I|my|we|he|she|they|the|it)\b)/iu;
const startsAnew = /^(?:I|my|we|he|she|they|the)\b/iu;
/** Characters from which a part of a sentence can be understood. */
const comfortable = 80;

/**
 * The part of a long text that a question is about: whole clauses, an ellipsis where something was left out.
 *
 * @param weigh how much a clause bears on the question
 */
export function trimmed(text: string, maxCharacters: number, weigh: (clause: string) => number): string {
  if (text.length <= maxCharacters) return text;
  const clauses = text.split(clauseBorder).filter((clause) => clause.trim() !== "");
  const { from, to } = telling(clauses, maxCharacters, weigh);
  const kept = clauses.slice(from, to + 1).join(" ");
  const whole = kept.length <= maxCharacters ? kept : `${beginning(kept, maxCharacters)} …`;
  const isCut = to < clauses.length - 1 && !/[.!?…]$/u.test(whole.trim());
  const end = isCut ? `${whole.trim().replace(/[,;:–—-]+$/u, "")} …` : whole.trim();
  return from > 0 ? `… ${end.replace(joint, "")}` : end;
}

/** Up to a space, where there is one. */
function beginning(text: string, maxCharacters: number): string {
  const space = text.lastIndexOf(" ", maxCharacters);
  return text.slice(0, space > maxCharacters / 2 ? space : maxCharacters).toWellFormed();
}

/** The clause that tells most, back to where somebody does something, and on until it can be understood. */
function telling(
  clauses: readonly string[],
  maxCharacters: number,
  weigh: (clause: string) => number,
): { from: number; to: number } {
  const weights = clauses.map(weigh);
  let from = Math.max(0, weights.indexOf(Math.max(...weights)));
  let to = from;
  let length = (clauses[from] ?? "").length;
  const fits = (clause: string | undefined): clause is string =>
    clause !== undefined && length + clause.length < maxCharacters;
  for (let before = clauses[from - 1]; fits(before); before = clauses[from - 1]) {
    if (length >= comfortable && startsAnew.test(clauses[from] ?? "")) break;
    from -= 1;
    length += before.length + 1;
  }
  for (let next = clauses[to + 1]; length < comfortable && fits(next); next = clauses[to + 1]) {
    to += 1;
    length += next.length + 1;
  }
  return { from, to };
}
