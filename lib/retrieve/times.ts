const month = "january|february|march|april|june|july|august|september|october|november|december";
const question = new RegExp(
  `\\bwhen (?:did|do|does|was|were|is|are|have|has|had|will|would)\\b|\\b(?:what|which) (?:year|date|day|month|time|age)\\b|\\bhow (?:long|old)\\b|^(?:and |so )?when\\s*\\?`,
  "i",
);
const mention = new RegExp(
  `\\b1[5-9]\\d\\d\\b|\\b20\\d\\d\\b|\\b(?:${month})\\b|\\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\\b|\\byesterday\\b|\\bo'clock\\b` +
    `|\\b(?:\\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|few|many) (?:minutes?|hours?|days?|weeks?|months?|years?)\\b|\\bage of\\b|\\byears old\\b|\\byears? of age\\b|\\b(?:last|next) (?:week|month|year|summer|winter|spring|autumn)\\b`,
  "i",
);

/** Whether a question wants a time, a date or a duration. */
export function asksForTime(text: string): boolean {
  return question.test(text);
}

/** Whether a text names a time, a date or a duration. */
export function namesTime(text: string): boolean {
  return mention.test(text);
}

/** The years written out in a text, 1500 to 2099. */
export function yearsIn(text: string): number[] {
  return Array.from(text.matchAll(/\b(?:1[5-9]|20)\d\d\b/g), ([year]) => Number(year));
}

/** 1 when two years are the same, falling to 0 at three years apart. */
export function yearCloseness(a: readonly number[], b: readonly number[]): number {
  let closest = 3;
  for (const one of a) for (const other of b) closest = Math.min(closest, Math.abs(one - other));
  return 1 - closest / 3;
}
