import type * as Compile from "@/lib/compile/compile.task";
import type { Extraction, ExtractInput } from "@/lib/compile/engine";
import type * as Fidelity from "@/lib/compile/fidelity.task";
import type * as Graph from "@/lib/compile/graph.task";
import type * as GraphMap from "@/lib/compile/graph-map.task";
import type * as Versions from "@/lib/compile/versions.task";
import type { drawFingerprint } from "@/lib/cards/draw-fingerprint";
import type { ReadCard } from "@/lib/cards/read-card";
import type { embedExtraction } from "@/lib/compile/embed-extraction";
import type { ClaimedReading } from "@/lib/compile/restore-extraction";
import type { VoiceTurn } from "@/lib/compile/voice-turn";
import type * as Compose from "@/lib/retrieve/compose.task";
import type * as Retrieve from "@/lib/retrieve/search.task";

/**
 * The CPU-heavy work that runs in threads, by name. Inputs and outputs survive a structured clone.
 *
 * Each task imports its domain on first use: a thread that only counts tokens never loads the encoder.
 */
export const tasks = {
  /** Tokens of each text, in o200k_base. */
  async countTokens(input: { texts: string[] }): Promise<number[]> {
    const { countTokens } = await import("@/lib/models/count-tokens");
    return input.texts.map(countTokens);
  },

  /** A unit vector of 512 floats for each text; 5–14 ms a sentence. */
  async embed(input: { texts: string[] }): Promise<Float32Array[]> {
    const { loadEncoder } = await import("@/lib/models/encoder");
    const encoder = await loadEncoder();
    return encoder.encode(input.texts);
  },

  /** A text's size as compiling will charge it, and who speaks in it. */
  async measureText(input: Parameters<typeof Compile.measureText>[0]) {
    return (await import("@/lib/compile/compile.task")).measureText(input);
  },

  /** The pieces a text is compiled in. */
  async chunkText(input: Parameters<typeof Compile.chunkText>[0]) {
    return (await import("@/lib/compile/compile.task")).chunkText(input);
  },

  /** Spans and vectors of one piece, for statements that a language model read. */
  async embedExtraction(input: Parameters<typeof embedExtraction>[0]) {
    return (await import("@/lib/compile/embed-extraction")).embedExtraction(input);
  },

  /** Spans and vectors of one piece, and of what a card says was read in it the part that can be true. */
  async restoreExtraction(input: ClaimedReading): Promise<Extraction> {
    return (await import("@/lib/compile/restore-extraction")).restoreExtraction(input);
  },

  /** What a card holds: checked, and nothing of it believed. */
  async readCard(input: { bytes: Uint8Array }): Promise<ReadCard> {
    return (await import("@/lib/cards/read-card")).readCard(input.bytes);
  },

  /** The picture of a face's card. */
  async drawFingerprint(input: Parameters<typeof drawFingerprint>[0]) {
    return (await import("@/lib/cards/draw-fingerprint")).drawFingerprint(input);
  },

  /** What the built-in engine reads in one piece of a source. */
  async extractBuiltin(input: ExtractInput): Promise<Extraction> {
    return (await import("@/lib/compile/extract-builtin")).extractBuiltin(input);
  },

  /** The graph of a face's stored statements, ready to be written. */
  async linkStatements(input: Parameters<typeof Graph.linkStatements>[0]) {
    return (await import("@/lib/compile/graph.task")).linkStatements(input);
  },

  /** Where the primitives of a graph lie on a plane, and what they gather around. */
  async mapGraph(input: Parameters<typeof GraphMap.mapGraph>[0]) {
    return (await import("@/lib/compile/graph-map.task")).mapGraph(input);
  },

  /** Counts, tokens and centroids of a face's primitives as their owner has them. */
  async measureProfile(input: Parameters<typeof Graph.measureStoredProfile>[0]) {
    return (await import("@/lib/compile/graph.task")).measureStoredProfile(input);
  },

  /** The primitives of a version of a face, as they are searched. */
  async primitivesAt(input: Parameters<typeof Versions.primitivesAt>[0]) {
    return (await import("@/lib/compile/versions.task")).primitivesAt(input);
  },

  /** What two versions of a face have not in common. */
  async diffVersions(input: Parameters<typeof Versions.diffVersions>[0]) {
    return (await import("@/lib/compile/versions.task")).diffVersions(input);
  },

  /** How good a compiled face is, measured on itself. */
  async measureFidelity(input: Parameters<typeof Fidelity.measureFidelity>[0]) {
    return (await import("@/lib/compile/fidelity.task")).measureFidelity(input);
  },

  /** How a face speaks, from its own turns beside those of the others; null when it says nothing. */
  async measureVoice(input: { turns: VoiceTurn[] }) {
    return (await import("@/lib/compile/voice")).measureVoice(input.turns);
  },

  /** The set that a composite face's formula makes of its parts' primitives. */
  async composeFaces(input: Parameters<typeof Compose.composeFaces>[0]) {
    return (await import("@/lib/retrieve/compose.task")).composeFaces(input);
  },

  /** What of a face bears on a conversation; says when this thread has no index of it. */
  async retrieveSearch(input: Parameters<typeof Retrieve.retrieveSearch>[0]) {
    return (await import("@/lib/retrieve/search.task")).retrieveSearch(input);
  },
};

export type Tasks = typeof tasks;
export type TaskName = keyof Tasks;
