import { createHash } from "node:crypto";
import { packVector, vectorDimensions } from "@/lib/models/vector";
import type { CompileEngine, Extraction, ExtractInput } from "./engine";
import { componentOf, type Predicate, type Statement } from "./grammar";

/** Verbs that the test engine knows, and what they mean. */
const verbs: [RegExp, Predicate, Statement["polarity"]][] = [
  [/^I love (.+)$/, "likes", "pos"],
  [/^I hate (.+)$/, "likes", "neg"],
  [/^I trust (.+)$/, "treats", "pos"],
  [/^I distrust (.+)$/, "treats", "pos"],
  [/^I never (.+)$/, "does", "neg"],
  [/^I (.+)$/, "does", "pos"],
];

/** A statement as the test engine reads it in one sentence; null when it says nothing of the face. */
export function readSentence(text: string, start: number): Statement | null {
  const bare = text.replace(/\.$/, "");
  for (const [form, predicate, polarity] of verbs) {
    if (!form.test(bare)) continue;
    const component = componentOf(predicate);
    const [object = bare, when] = bare.replace(/^I (?:love|hate|never) |^I /, "").split(/ when /);
    const confidence = 0.5 + (createHash("md5").update(text).digest()[0] ?? 0) / 512;
    const condition = when === undefined ? null : `when ${when}`;
    const alternatives = [{ component, predicate, p: 1 }];
    const kind = { component, predicate, polarity, alternatives };
    const place = { start, end: start + text.length, quote: text };
    return { ...kind, ...place, statement: text, object, condition, reason: null, strength: null, confidence };
  }
  return null;
}

/** A unit vector of the words of a text, packed: the same words, the same vector. */
export function wordVector(text: string): Uint8Array<ArrayBuffer> {
  const vector = new Float32Array(vectorDimensions);
  for (const word of text.toLowerCase().match(/\p{L}+/gu) ?? []) {
    const hash = createHash("md5").update(word).digest();
    for (let at = 0; at < 16; at += 2) {
      const place = hash.readUInt16LE(at) % vectorDimensions;
      vector[place] = (vector[place] ?? 0) + 1;
    }
  }
  const length = Math.hypot(...vector) || 1;
  return packVector(vector.map((value) => value / length));
}

/** Reads every sentence, at no cost: for tests of what is done with statements. */
export const sentenceEngine: CompileEngine = {
  id: "sentences",
  version: "1",
  extract({ text, chunk, source }: ExtractInput, signal?: AbortSignal): Promise<Extraction> {
    signal?.throwIfAborted();
    const extraction: Extraction = { statements: [], spans: [], dropped: 0, findings: [] };
    for (const match of text.slice(chunk.start, chunk.end).matchAll(/[^\s.][^.\n]*\./g)) {
      const start = chunk.start + match.index;
      const labelled = /^([a-z]+): /.exec(match[0]);
      const said = labelled === null ? match[0] : match[0].slice(labelled[0].length);
      const from = start + match[0].length - said.length;
      const isFace = source.type === "document" || labelled?.[1] === source.faceSpeaker;
      const vector = wordVector(said);
      const speaker = labelled?.[1] ?? null;
      const place = { start: from, end: from + said.length };
      extraction.spans.push({
        ...place,
        text: said,
        speaker,
        isFace,
        sentenceVectors: [vector],
        contextVector: vector,
      });
      const statement = isFace ? readSentence(said, from) : null;
      if (statement !== null) extraction.statements.push({ statement, vector });
      if (/ignore/i.test(said)) extraction.findings.push({ kind: "instruction", ...place, quote: said });
    }
    return Promise.resolve(extraction);
  },
};
