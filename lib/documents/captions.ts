import { z } from "zod";
import { parseJson } from "@/lib/json";

/** A line of captions; times in milliseconds. */
export type Cue = { startMs: number; endMs: number; text: string };

/** A track as the player's response names it. `kind: "asr"`: heard by a machine. */
export const CaptionTrack = z.object({
  baseUrl: z.url(),
  languageCode: z.string().default(""),
  kind: z.string().optional(),
});
export type CaptionTrack = z.infer<typeof CaptionTrack>;

/** What people wrote before what a machine heard, English before other languages. */
export function chooseTrack(tracks: CaptionTrack[]): CaptionTrack | null {
  const rank = (track: CaptionTrack) => (isAutomatic(track) ? 2 : 0) + (/^en\b/iu.test(track.languageCode) ? 0 : 1);
  return tracks.toSorted((a, b) => rank(a) - rank(b))[0] ?? null;
}

export function isAutomatic({ kind }: CaptionTrack): boolean {
  return kind === "asr";
}

const Json3 = z.object({
  events: z.array(
    z.object({
      tStartMs: z.number().default(0),
      dDurationMs: z.number().default(0),
      segs: z.array(z.object({ utf8: z.string().default("") })).optional(),
    }),
  ),
});

/** The lines of a track in any of the forms that timedtext answers in: json3, srv3 or the old XML. Empty: none of them. */
export function readCaptions(text: string): Cue[] {
  const cues = text.trimStart().startsWith("{") ? readJson3(text) : readXml(text);
  return cues.map((cue) => ({ ...cue, text: cue.text.replace(/\s+/gu, " ").trim() })).filter((cue) => cue.text !== "");
}

function readJson3(text: string): Cue[] {
  const parsed = Json3.safeParse(parseJson(text));
  if (!parsed.success) return [];
  return parsed.data.events.map(({ tStartMs, dDurationMs, segs = [] }) => {
    return { startMs: tStartMs, endMs: tStartMs + dDurationMs, text: segs.map(({ utf8 }) => utf8).join("") };
  });
}

const oldLine = /<text\s([^>]{0,200})>([^<]*)<\/text>/gu;
const srv3Line = /<p\s([^>]{0,200})>((?:[^<]|<\/?s\b[^>]{0,200}>|<br\s?\/?>)*)<\/p>/gu;

function readXml(text: string): Cue[] {
  const lines = (pattern: RegExp, start: string, length: string, unitMs: number): Cue[] =>
    [...text.matchAll(pattern)].map(([, attributes = "", inner = ""]) => {
      const startMs = attribute(attributes, start) * unitMs;
      const said = unescape(unescape(inner.replace(/<[^>]*>/gu, "")));
      return { startMs, endMs: startMs + attribute(attributes, length) * unitMs, text: said };
    });
  const srv3 = lines(srv3Line, "t", "d", 1);
  return srv3.length > 0 ? srv3 : lines(oldLine, "start", "dur", 1000);
}

function attribute(attributes: string, name: string): number {
  return Number(new RegExp(`(?:^|\\s)${name}="([\\d.]+)"`, "u").exec(attributes)?.[1] ?? 0);
}

const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " " };

/** Text with the entities that titles and captions hold. */
export function unescape(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,6}));/giu, (whole, decimal, hex, name) => {
    if (name !== undefined) return entities[String(name).toLowerCase()] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : " ";
  });
}

const pauseMs = 700;
const longestSentenceWords = 40;

/**
 * Lines that a machine heard often have no full stop from beginning to end. Then a sentence ends where the speaker
 * pauses, or when it gets too long to be one.
 */
export function withSentenceEnds(cues: Cue[]): Cue[] {
  const words = cues.flatMap(({ text }) => text.split(" ")).length;
  const stops = cues.flatMap(({ text }) => text.match(/[.!?](?=\s|$)/gu) ?? []).length;
  if (stops * longestSentenceWords >= words) return cues;
  let open = 0;
  return cues.map((cue, index) => {
    const next = cues[index + 1];
    const isFirst = open === 0;
    open += cue.text.split(" ").length;
    // rolling lines stay on the screen while the next is spoken: what counts is the silence behind them
    const isEnd = next === undefined || next.startMs - cue.endMs >= pauseMs || open >= longestSentenceWords / 2;
    if (isEnd) open = 0;
    const begun = isFirst ? cue.text.replace(/^./u, (letter) => letter.toUpperCase()) : cue.text;
    return { ...cue, text: isEnd && !/[.!?]$/u.test(begun) ? `${begun}.` : begun };
  });
}

/** Lines as a WebVTT file. */
export function toWebVtt(cues: Cue[]): string {
  const lines = cues.map(({ startMs, endMs, text }) => {
    const said = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
    return `${clock(startMs)} --> ${clock(Math.max(endMs, startMs + 1))}\n${said}`;
  });
  return `WEBVTT\n\n${lines.join("\n\n")}\n`;
}

function clock(milliseconds: number): string {
  const ms = Math.round(milliseconds);
  const two = (value: number): string => String(value).padStart(2, "0");
  const seconds = Math.floor(ms / 1000);
  const time = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map(two).join(":");
  return `${time}.${String(ms % 1000).padStart(3, "0")}`;
}
