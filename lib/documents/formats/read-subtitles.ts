import { parseSync } from "subtitle";
import { formatThread, type ThreadTurn } from "../thread-text";
import { type Reading, Refusal } from "./reading";
import { cueTiming } from "./text-kinds";

type Line = { startMs: number; endMs: number; speaker: string | null; text: string };

/** A pause this long after a finished sentence begins a paragraph. */
const pauseMs = 2_500;
const paragraphChars = 600;
const voice = /<v(?:\.[^\s>]*)?\s+([^>]{1,80})>/u;
/** `ANN:` and `Ann Lee:`, but no sentence that happens to hold a colon. */
const label = /^(?:-\s*)?([\p{Lu}][\p{L}\p{M}.'’-]*(?:\s+[\p{Lu}\d][\p{L}\p{M}\d.'’-]*){0,2}):\s+(?=\S)/u;
const noise = /\[[^\]\n]{0,80}\]|\([^)\n]{0,80}\)|[♪♫#]+[^♪♫#\n]*[♪♫#]+|[♪♫]/gu;
const markup = /<[^>\n]{1,200}>|\{\\[^}\n]{0,80}\}/gu;

/**
 * Subtitles as text: cues joined into sentences and paragraphs, without times, colours and sounds. Where voices are
 * named (`<v Ann>`, `ANN:`) it is a thread, with the time of each turn.
 *
 * @throws {Refusal} not one cue can be read
 */
export function readSubtitles(text: string, fileName: string): Reading {
  const spoken = withoutEchoes(cues(text, fileName).flatMap(linesOf));
  const isVtt = /^\s*WEBVTT/u.test(text);
  const named = spoken.filter(({ speaker }) => speaker !== null);
  const speakers = new Set(named.map(({ speaker }) => speaker));
  const isThread = named.length >= 2 && named.length >= spoken.length / 5 && speakers.size <= named.length;
  return {
    format: "subtitles",
    mimeType: isVtt ? "text/vtt" : "application/x-subrip",
    text: isThread ? formatThread(toTurns(spoken)) : toParagraphs(spoken),
    kind: isThread ? "thread" : "document",
    notes: [],
  };
}

type Cue = { start: number; end: number; text: string };

function cues(text: string, fileName: string): Cue[] {
  // names of cues, styles and notes are nothing that was said, and the parser stumbles over them
  const blocks = text.split(/\n[^\S\n]*\n/u).flatMap((block) => {
    const at = block.search(cueTiming);
    return at < 0 ? [] : [block.slice(at).replace(/^\s*([\d:.,]+)\s+-->\s+([\d:.,]+).*/u, "$1 --> $2")];
  });
  try {
    const nodes = parseSync(blocks.map((block, index) => `${index + 1}\n${block.trim()}`).join("\n\n"));
    const found = nodes.flatMap((node) => (node.type === "cue" ? [node.data] : []));
    if (found.length > 0) return found;
  } catch {
    // told below
  }
  throw new Refusal("unreadable", `${fileName} is damaged: its subtitles cannot be read.`);
}

/** What is said in a cue: one line, or several when speakers change in it. */
function linesOf({ start, end, text }: Cue): Line[] {
  const found: Line[] = [];
  for (const row of text.split("\n")) {
    const named = voice.exec(row)?.[1];
    const clean = row.replace(markup, "").replace(noise, " ").replace(/\s+/gu, " ").trim();
    const labelled = label.exec(clean);
    const speaker = named ?? labelled?.[1] ?? null;
    const said = (labelled && named === undefined ? clean.slice(labelled[0].length) : clean).replace(/^-\s*/u, "");
    const last = found.at(-1);
    if (!/[\p{L}\p{N}]/u.test(said)) continue;
    const isNew = last === undefined || speaker !== null || /^-/u.test(clean);
    if (isNew) found.push({ startMs: start, endMs: end, speaker, text: said });
    else last.text += ` ${said}`;
  }
  return found;
}

/** Rolling captions say each line again under the next one. */
function withoutEchoes(spoken: Line[]): Line[] {
  const kept: Line[] = [];
  for (const line of spoken) {
    const last = kept.at(-1);
    if (last !== undefined && line.speaker === null && line.startMs - last.endMs < pauseMs) {
      if (last.text === line.text || last.text.endsWith(` ${line.text}`)) continue;
      if (line.text.startsWith(`${last.text} `)) {
        kept[kept.length - 1] = { ...line, startMs: last.startMs, speaker: last.speaker };
        continue;
      }
      const overlap = sharedWords(last.text, line.text);
      if (overlap >= 3) {
        kept.push({ ...line, text: line.text.split(" ").slice(overlap).join(" ") });
        continue;
      }
    }
    kept.push(line);
  }
  return kept.filter(({ text }) => text !== "");
}

/** How many words at the end of one line are the beginning of the next. */
function sharedWords(before: string, after: string): number {
  const left = before.split(" ").slice(-20);
  const right = after.split(" ");
  for (let count = Math.min(left.length, right.length); count >= 3; count -= 1) {
    if (left.slice(-count).join(" ") === right.slice(0, count).join(" ")) return count;
  }
  return 0;
}

function toTurns(spoken: Line[]): ThreadTurn[] {
  const turns: ThreadTurn[] = [];
  for (const { speaker, text, startMs } of spoken) {
    const last = turns.at(-1);
    // a cue without a name goes on with what was being said
    if (last !== undefined && (speaker === null || speaker === last.speaker)) last.text += ` ${text}`;
    else turns.push({ speaker: speaker ?? "Unknown", text, at: toClock(startMs) });
  }
  return turns;
}

function toParagraphs(spoken: Line[]): string {
  const paragraphs: string[] = [];
  let open = "";
  let endMs = 0;
  for (const line of spoken) {
    const isFinished = /[.!?…]["”’)]*$/u.test(open);
    const isPause = line.startMs - endMs > pauseMs;
    if (open !== "" && ((isFinished && isPause) || (isFinished && open.length > paragraphChars))) {
      paragraphs.push(open);
      open = "";
    }
    open = open === "" ? line.text : `${open} ${line.text}`;
    endMs = line.endMs;
  }
  return [...paragraphs, open].filter((paragraph) => paragraph !== "").join("\n\n");
}

function toClock(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return parts.map((part) => String(part).padStart(2, "0")).join(":");
}
