/** A longer sentence says something of its day rather than of its speaker. */
const conciseWords = 14;

/** Sure, short, and said more than once: each doubling of its quotes counts half as much again. */
export function strength(primitive: { confidence: number; statement: string; quotes: readonly unknown[] }): number {
  const words = primitive.statement.split(/\s+/u).length;
  const brevity = Math.sqrt(Math.min(1, conciseWords / words));
  return primitive.confidence * brevity * (1 + 0.5 * Math.log2(Math.max(1, primitive.quotes.length)));
}

/** The score that chance alone easily reaches. @param size how many spans and primitives there are */
export function chanceScore(size: number): number {
  return 4.8 + (size < 200 ? 0.5 : 0.8) * Math.log(Math.max(1, size) / 200);
}
