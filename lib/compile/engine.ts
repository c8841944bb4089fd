import type { Chunk, Int8Vector, SourceInfo, Span, Statement } from "./grammar";

export type ExtractInput = {
  /** The whole document; only the chunk is compiled. */
  text: string;
  chunk: Chunk;
  source: SourceInfo;
};

/** Something the owner should see that never becomes a statement. Offsets as in `Statement`. */
export type SourceFinding = { kind: "instruction" | "unclear_subject"; start: number; end: number; quote: string };

export type Extraction = {
  /** Each with the packed vector of its rendered sentence, in the order of the text. */
  statements: { statement: Statement; vector: Int8Vector }[];
  spans: Span[];
  /** Statements refused by the checks: a quote that does not stand in the source, a kind outside the grammar. */
  dropped: number;
  findings: SourceFinding[];
  usage?: { inputTokens: number; outputTokens: number };
};

/** Reads one chunk of a source. The built-in engine gives the same statements for the same version and input. */
export type CompileEngine = {
  id: string;
  /** Changes whenever the statements made of the same text may change. */
  version: string;
  /** @throws the signal's reason when it is aborted */
  extract(input: ExtractInput, signal?: AbortSignal): Promise<Extraction>;
};

/** Sentences below this are clearly no statements of the face and are not stored. */
export const emitThreshold = 0.35;
