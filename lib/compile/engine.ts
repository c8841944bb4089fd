import type { Chunk, SourceInfo, Span, Statement } from "./grammar";

export type ExtractInput = {
  /** The whole document; only the chunk is compiled. */
  text: string;
  chunk: Chunk;
  source: SourceInfo;
};

export type Extraction = {
  statements: Statement[];
  /** One unit vector of 512 floats per statement, of its rendered sentence. */
  vectors: Float32Array[];
  spans: Span[];
  /** Statements refused by the checks: a quote that does not stand in the source, a kind outside the grammar. */
  dropped: number;
  usage?: { inputTokens: number; outputTokens: number };
};

/** Reads one chunk of a source. The same engine, version and input give the same statements. */
export type CompileEngine = {
  id: string;
  /** Changes whenever the statements made of the same text may change. */
  version: string;
  /** @throws the signal's reason when it is aborted */
  extract(input: ExtractInput, signal?: AbortSignal): Promise<Extraction>;
};
