import { findTurnLabels } from "../thread-labels";
import { formatThread, spokenTurns } from "../thread-text";
import type { Reading } from "./reading";

const minTurns = 2;
const threadShare = 0.6;

/**
 * Plain text and Markdown, as they are. A transcript with times (`[12:03] Ann: hi`, `Ann (12:03): hi`,
 * `2024-05-01 10:00 - Ann: hi`) comes into the form of all threads; one without is left as it was written, and whoever
 * knows its speakers says what it is.
 */
export function readText(text: string, fileName: string): Reading {
  const isMarkdown = /\.(?:md|markdown|mdown|mkd)$/iu.test(fileName);
  const plain = {
    format: isMarkdown ? "markdown" : "text",
    mimeType: isMarkdown ? "text/markdown" : "text/plain",
    text,
    notes: [],
  };
  const labels = findTurnLabels(text);
  const spoken = labels.filter(({ speaker }) => speaker !== null);
  const lines = text.split("\n").filter((line) => /^\S/u.test(line) || /^ \S/u.test(line)).length;
  if (spoken.length < minTurns || isMarkdown) return { ...plain, kind: "document" };
  if (spoken.every(({ stamp }) => stamp !== null) && beginsAtOnce(text, labels[0]?.lineStart ?? 0)) {
    return { ...plain, format: "transcript", text: formatThread(spokenTurns(text)), kind: "thread" };
  }
  return { ...plain, kind: spoken.length >= lines * threadShare ? "transcript" : "document" };
}

/** Text before the first turn is lost in a thread: a transcript has a title there at most. */
function beginsAtOnce(text: string, firstTurn: number): boolean {
  return firstTurn <= 400 || firstTurn <= text.length / 50;
}
