import { framings, lights, palettes, scenes, styles, type WishLine } from "./wish-table";
import { emptyWords, reasons, unknownReason } from "./wish-words";

/** What a text asks for, as far as the table goes; null where it says nothing. */
export type Wish = {
  scene: string | null;
  framing: string | null;
  light: string | null;
  palette: string | null;
  style: string | null;
  /** scenes that the negative text excludes */
  without: string[];
};

export type ReadWish = {
  wish: Wish;
  /** words of the text and what was made of them, in their order */
  understood: { words: string; meaning: string }[];
  ignored: { words: string; why: string }[];
  /** words of the negative text that name no scene: nothing else can be kept out */
  unheeded: string[];
};

type Kind = "scene" | "framing" | "light" | "palette" | "style";
type Hit = { kind: Kind; line: WishLine; start: number; end: number };

const tables: Record<Kind, readonly WishLine[]> = {
  scene: scenes,
  framing: framings,
  light: lights,
  palette: palettes,
  style: styles,
};
const kinds = Object.keys(tables) as Kind[];
const kindNames: Record<Kind, string> = {
  scene: "Scene",
  framing: "Framing",
  light: "Light",
  palette: "Colours",
  style: "Style",
};

/** Every phrase of the table, the longest first: "city at night" is more than "city". */
const phrases = kinds
  .flatMap((kind) => tables[kind].flatMap((line) => line.words.map((words) => ({ kind, line, words }))))
  .toSorted((a, b) => b.words.length - a.words.length);

const maxWords = 400;

/**
 * Reads a text by the visible table (wish-table.ts). Of two words of one kind the first decides; the other is told as
 * ignored. `{1}`, `{2}` stand for people.
 *
 * @param negativeText scenes that stand in it are not chosen
 * @param style asked for beside the text; it decides over the text's
 */
export function readWish(text: string, negativeText = "", style: string | null = null): ReadWish {
  const hits = findHits(text);
  const wish: Wish = { scene: null, framing: null, light: null, palette: null, style: null, without: [] };
  const understood: (ReadWish["understood"][number] & { at: number })[] = [];
  const ignored: (ReadWish["ignored"][number] & { at: number })[] = [];
  const asked = style === null ? undefined : styleNamed(style);
  if (asked !== undefined) wish.style = asked.id;
  for (const { kind, line, start, end } of hits) {
    const words = text.slice(start, end);
    const known = wish[kind];
    if (known === null || known === line.id) {
      wish[kind] = line.id;
      understood.push({ words, meaning: `${kindNames[kind]}: ${line.name}`, at: start });
    } else {
      const name = tables[kind].find(({ id }) => id === known)?.name ?? known;
      ignored.push({ words, why: `${kindNames[kind]} is ${name} already.`, at: start });
    }
  }
  if (style !== null && asked === undefined) {
    ignored.push({
      words: style,
      why: `There is no such style: ${styles.map(({ name }) => name).join(", ")}.`,
      at: -1,
    });
  }
  ignored.push(...unread(text, hits));
  const unwanted = findHits(negativeText);
  wish.without = unwanted.flatMap(({ kind, line }) => (kind === "scene" ? [line.id] : []));
  if (wish.scene !== null && wish.without.includes(wish.scene)) wish.without = [];
  const inOrder = <T extends { at: number }>(all: T[]) => all.toSorted((a, b) => a.at - b.at);
  return {
    wish,
    understood: inOrder(understood).map(({ words, meaning }) => ({ words, meaning })),
    ignored: inOrder(ignored).map(({ words, why }) => ({ words, why })),
    unheeded: inOrder([
      ...unwanted.flatMap(({ kind, start, end }) =>
        kind === "scene" ? [] : [{ words: negativeText.slice(start, end), at: start }],
      ),
      ...unread(negativeText, unwanted),
    ]).map(({ words }) => words),
  };
}

/** A style by its id, its name or one of its words. */
function styleNamed(name: string): WishLine | undefined {
  const wanted = name.trim().toLowerCase();
  return styles.find(
    ({ id, name: full, words }) => id === wanted || full.toLowerCase() === wanted || words.includes(wanted),
  );
}

function findHits(text: string): Hit[] {
  const lower = text.toLowerCase();
  // some letters change their length with their case: then places would not be the text's any more
  const searched = lower.length === text.length ? lower : text;
  const taken = new Uint8Array(text.length);
  const hits: Hit[] = [];
  for (const { kind, line, words } of phrases) {
    for (let start = searched.indexOf(words); start !== -1; start = searched.indexOf(words, start + 1)) {
      const end = start + words.length;
      if (!isWhole(searched, start, end) || taken.subarray(start, end).includes(1)) continue;
      taken.fill(1, start, end);
      hits.push({ kind, line, start, end });
    }
  }
  return hits.toSorted((a, b) => a.start - b.start);
}

const letter = /[\p{L}\p{N}]/u;

function isWhole(text: string, start: number, end: number): boolean {
  return !letter.test(text[start - 1] ?? " ") && !letter.test(text[end] ?? " ");
}

/** Runs of words that nothing was made of. A word that asks for nothing does not break a run and does not begin one. */
function unread(text: string, hits: Hit[]): { words: string; why: string; at: number }[] {
  const runs: { words: string; why: string; at: number }[] = [];
  let run: { start: number; end: number; why: string | null } | null = null;
  const close = () => {
    if (run !== null)
      runs.push({ words: text.slice(run.start, run.end), why: run.why ?? unknownReason, at: run.start });
    run = null;
  };
  let count = 0;
  for (const match of text.matchAll(/\{\d+\}|[\p{L}\p{N}][\p{L}\p{N}'’&-]*|\p{Extended_Pictographic}|[,.;:!?\n]/gu)) {
    const [word] = match;
    const start = match.index;
    if (count++ > maxWords) break;
    const isHit = hits.some((hit) => start >= hit.start && start < hit.end);
    if (isHit || word.startsWith("{") || /^[,.;:!?\n]$/u.test(word)) {
      close();
      continue;
    }
    if (emptyWords.has(word.toLowerCase())) continue;
    const why = reasons.find(({ words }) => words.test(word.toLowerCase()))?.why ?? null;
    if (run === null) run = { start, end: start + word.length, why };
    else run = { start: run.start, end: start + word.length, why: run.why ?? why };
  }
  close();
  return runs;
}
