import { packedVectorBytes } from "@/lib/models/vector";
import { createVectorMatrix, rowCosine, type VectorMatrix } from "@/lib/models/vector-matrix";
import { coveredCharacters, exact, fewestForShare, notEnoughText, share } from "./fidelity";
import type { Fidelity, Figure } from "./schemas";
import { components } from "./grammar";
import { draftThreshold, type GraphNode, groupStatements } from "./graph";
import { linkTensions } from "./graph-edges";
import { type Overrides, withOverride } from "./primitive-overrides";
import { parseStatements, type Source, type StatementPage, type StoredStatement } from "./read-statements";
import { voiceDistinctness } from "./voice-distinctness";

export type FidelityInput = {
  pages: StatementPage[];
  sources: Source[];
  overrides: Overrides;
  /** tokens of the texts, and of the profile */
  sourceTokens: number;
  profileTokens: number;
  /** JSON: {documentId: [[start, end], …]} of the face's own spans */
  ownSpans: string;
  /** sentences to be held out: a span each, with its packed vectors */
  heldOut: HeldOut[];
  turns: { own: string[]; others: string[] };
};

export type HeldOut = { documentId: string; start: number; end: number; sentenceVectors: Uint8Array };

const twinCosine = 0.9;
const supportCosine = 0.6;
/** So many are compared with all others; all of them when there are no more. */
const maxCompared = 400;

type Node = GraphNode & { shown: ReturnType<typeof withOverride<GraphNode["primitive"]>> };

/** Measures how good a compiled face is. Deterministic. Runs in a compute thread. */
export function measureFidelity(input: FidelityInput): Fidelity {
  const statements = parseStatements(input.pages, input.sources);
  const all: Node[] = groupStatements(statements, draftThreshold).map((node) => ({
    ...node,
    shown: withOverride(node.primitive, input.overrides[node.primitive.key]),
  }));
  const active = all.filter(({ shown }) => shown.state === "active");
  const matrix = createVectorMatrix(active.map(({ primitive }) => primitive.vector));
  return {
    documents: exact(input.sources.length, input.sources.length),
    tokens: exact(input.sourceTokens, input.sources.length),
    primitives: countPrimitives(all),
    coverage: coverage(active, statements, input.ownSpans),
    compression:
      input.sourceTokens === 0 ? notEnoughText : exact(input.profileTokens / input.sourceTokens, input.sourceTokens),
    duplicates: duplicates(active, matrix),
    tensions: tensions(active),
    voice_distinctness: distinctness(input.turns),
    held_out_support: heldOutSupport(active, statements, input.heldOut),
  };
}

function countPrimitives(all: Node[]): Fidelity["primitives"] {
  const count = (component: string, state: string) =>
    all.filter(({ shown }) => shown.component === component && shown.state === state).length;
  return Object.fromEntries(
    components.map((each) => [each, { active: count(each, "active"), draft: count(each, "draft") }]),
  ) as Fidelity["primitives"];
}

function coverage(active: Node[], statements: StoredStatement[], json: string): Figure {
  const spans = JSON.parse(json) as Record<string, [number, number][]>;
  const quotes = Map.groupBy(
    active.flatMap(({ primitive }) => primitive.members.flatMap((member) => statements[member] ?? [])),
    ({ documentId }) => documentId,
  );
  let [covered, characters] = [0, 0];
  for (const [documentId, places] of Object.entries(spans)) {
    const texts = places.map(([start, end]) => ({ start, end }));
    characters += texts.reduce((sum, { start, end }) => sum + end - start, 0);
    covered += coveredCharacters(
      texts,
      (quotes.get(documentId) ?? []).map(({ statement: { start, end } }) => ({ start, end })),
    );
  }
  return characters === 0 ? notEnoughText : exact(covered / characters, characters);
}

function duplicates(active: Node[], matrix: VectorMatrix): Figure {
  // keys are hashes of content: every nth of them is a fair draw, and the same one each time
  const step = Math.max(1, active.length / maxCompared);
  const drawn = Array.from({ length: Math.min(maxCompared, active.length) }, (_each, at) => Math.floor(at * step));
  const twins = drawn.filter((a) =>
    active.some(
      ({ form }, b) => a !== b && form.polarity === active[a]?.form.polarity && rowCosine(matrix, a, b) >= twinCosine,
    ),
  );
  return share(twins.length, drawn.length, 100);
}

function tensions(active: Node[]): Figure {
  const nodes = active.map(({ primitive: { key, predicate, vector }, form }) => ({ key, predicate, vector, form }));
  return active.length === 0 ? notEnoughText : exact(linkTensions(nodes).length, active.length);
}

function distinctness({ own, others }: FidelityInput["turns"]): Figure {
  const measured = voiceDistinctness(own, others);
  if (measured === null) return notEnoughText;
  const { value, n, low, high } = measured;
  return { value, n, low, high };
}

function heldOutSupport(active: Node[], statements: StoredStatement[], heldOut: HeldOut[]): Figure {
  if (heldOut.length < fewestForShare || active.length < fewestForShare) return notEnoughText;
  const sentences = createVectorMatrix(heldOut.map(({ sentenceVectors }) => sentenceVectors));
  const members = active.map(({ primitive }) => primitive.members.flatMap((member) => statements[member] ?? []));
  const places = members.map((each) => each.map(({ vector }) => vector)).flat();
  // one row a statement; sentences behind them, so that both are in one matrix
  const matrix = createVectorMatrix([...places, ...heldOut.map(({ sentenceVectors }) => sentenceVectors)]);
  const flat = members.flat();
  const firstSentence = matrix.rows - sentences.rows;
  let row = firstSentence;
  let supported = 0;
  for (const span of heldOut) {
    const last = row + Math.floor(span.sentenceVectors.byteLength / packedVectorBytes);
    const isOwn = ({ documentId, statement }: StoredStatement) =>
      documentId === span.documentId && statement.start < span.end && statement.end > span.start;
    const finds = flat.some((statement, at) => {
      for (let sentence = row; sentence < last; sentence += 1) {
        if (rowCosine(matrix, sentence, at) >= supportCosine) return !isOwn(statement);
      }
      return false;
    });
    if (finds) supported += 1;
    row = last;
  }
  return share(supported, heldOut.length);
}
