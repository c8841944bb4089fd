import { spokenRanges, unindented } from "../thread-text";
import type { SpeakerSummary } from "./reading";

const maxSpeakers = 200;
const maxSamples = 3;
const maxSampleChars = 160;
/** A line shorter than this tells little of who speaks. */
const tellingChars = 20;

/** Who speaks in a text, most turns first. */
export function summarizeSpeakers(text: string): SpeakerSummary[] {
  const summaries = new Map<string, SpeakerSummary>();
  for (const { speaker, start, end } of spokenRanges(text)) {
    const summary = summaries.get(speaker) ?? { name: speaker, turns: 0, words: 0, sample: [] };
    const said = unindented(text.slice(start, end));
    summary.turns += 1;
    summary.words += said.match(/\S+/gu)?.length ?? 0;
    if (said !== "") addSample(summary.sample, said.replace(/\s+/gu, " "));
    summaries.set(speaker, summary);
  }
  return [...summaries.values()].sort((a, b) => b.turns - a.turns).slice(0, maxSpeakers);
}

function addSample(sample: string[], said: string): void {
  const line = said.length > maxSampleChars ? `${said.slice(0, maxSampleChars).toWellFormed().trimEnd()}…` : said;
  if (sample.length < maxSamples) {
    sample.push(line);
    return;
  }
  const shortest = sample.findIndex((each) => each.length < tellingChars);
  if (shortest >= 0 && line.length >= tellingChars) sample[shortest] = line;
}
