import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deserialize, serialize } from "node:v8";
import { builtinEngine } from "@/lib/compile/builtin-engine";
import { chunk } from "@/lib/compile/chunk";
import type { Extraction } from "@/lib/compile/engine";
import { extractBuiltin } from "@/lib/compile/extract-builtin";
import type { SourceInfo } from "@/lib/compile/grammar";
import { buildGraph, draftThreshold, type GraphStatement } from "@/lib/compile/graph";
import type { FaceRows } from "../face-rows";
import type { PairSet } from "./pairs";

const cacheFolder = join(tmpdir(), "faces-bench");

/**
 * A face as the built-in engine compiles it from a set's text: spans, primitives, edges and concepts, as the database
 * would give them. Kept by the hash of the text and of the engine's version; the first run takes some minutes.
 */
export async function benchRows(set: PairSet): Promise<FaceRows> {
  const documentId = `doc_${set.name}`;
  const extractions = await extract(set);
  const statements = extractions.flatMap((extraction) =>
    extraction.statements.map(({ statement, vector }): GraphStatement => {
      return { statement, vector, documentKey: documentId };
    }),
  );
  const { name, aliases, username } = set.face;
  const graph = buildGraph(statements, draftThreshold, [username, name, ...aliases]);
  return {
    spans: extractions
      .flatMap((extraction) => extraction.spans)
      .map((span, at) => ({
        ...{ id: `span_${set.name}_${at}`, documentId, version: 1, start: span.start, end: span.end },
        ...{ text: span.text, speaker: span.speaker, isFace: span.isFace },
        sentenceVectors: new Uint8Array(Buffer.concat(span.sentenceVectors)),
        contextVector: span.contextVector,
      })),
    primitives: graph.primitives.map((primitive) => ({
      ...{ id: primitive.key, component: primitive.component, predicate: primitive.predicate },
      ...{ polarity: primitive.polarity, statement: primitive.statement, confidence: primitive.confidence },
      ...{ state: primitive.state, isPinned: false, vector: primitive.vector },
      quotes: primitive.members.flatMap((member) => {
        const statement = statements[member]?.statement;
        return statement === undefined
          ? []
          : [{ documentId, version: 1, start: statement.start, end: statement.end, quote: statement.quote }];
      }),
    })),
    edges: graph.edges.flatMap(({ kind, ...edge }) => (kind === "tension" ? [{ ...edge, kind }] : [])),
  };
}

async function extract(set: PairSet): Promise<Extraction[]> {
  const source: SourceInfo = {
    type: set.speaker === null ? "document" : "thread",
    perspective: "first-person",
    faceSpeaker: set.speaker,
    face: { ...set.face, pronouns: null },
  };
  const digest = createHash("sha256")
    .update(JSON.stringify([set.text, source, builtinEngine.version]))
    .digest("hex")
    .slice(0, 16);
  const path = join(cacheFolder, `${set.name}-${digest}.bin`);
  if (existsSync(path)) return deserialize(readFileSync(path)) as Extraction[];
  process.stderr.write(`compiling ${set.name}, once …\n`);
  const extractions: Extraction[] = [];
  for (const piece of chunk(set.text)) extractions.push(await extractBuiltin({ text: set.text, chunk: piece, source }));
  mkdirSync(cacheFolder, { recursive: true });
  writeFileSync(path, serialize(extractions));
  return extractions;
}
