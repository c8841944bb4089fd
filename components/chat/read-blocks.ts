import { parseMarkdownIntoBlocks } from "streamdown";

/** Notes and link targets at the end change blocks far before it. */
const reachesBack = /\[\^|^ {0,3}\[[^\]]+\]:/m;

/**
 * Cuts a growing text into blocks of Markdown. What was cut before stays but for the last two blocks, which more text may
 * still join; so a word more costs the same at the end of a long answer as at its beginning.
 */
export function createBlockReader(): (text: string) => string[] {
  let before = "";
  let blocks: string[] = [];
  return (text) => {
    const kept = text.startsWith(before) && !reachesBack.test(text) ? blocks.slice(0, -2) : [];
    const settled = kept.join("");
    // a block that was not taken over letter for letter would repeat or lose words
    const isExact = kept.length > 0 && text.startsWith(settled);
    blocks = isExact
      ? [...kept, ...parseMarkdownIntoBlocks(text.slice(settled.length))]
      : parseMarkdownIntoBlocks(text);
    before = text;
    return blocks;
  };
}
