import fc from "fast-check";
import { expect, test } from "vitest";
import { buildGraph, graphHash, type GraphStatement } from "./graph";
import { readSentence, wordVector } from "./graph-testing";

/** A face as the product keeps it: versions of texts, of which some are in the graph, and states to return to. */
type Face = {
  texts: Map<string, { versions: string[][]; compiled: number | null }>;
  /** statements in the order in which they were stored; those of a deleted text are gone */
  stored: { text: string; version: number; statement: GraphStatement }[];
  states: Map<string, number>[];
  /** a text that is added again is another one */
  ids: Map<string, string>;
};

type Operation =
  | { kind: "add" | "edit"; text: string; sentences: string[] }
  | { kind: "sync" }
  | { kind: "delete"; text: string }
  | { kind: "restore"; state: number };

const things = ["crowds", "night trains", "Mr. Keimer", "the sea at Brighton", "old maps", "my brother", "deep water"];
const sentence = fc
  .tuple(
    fc.constantFrom("love", "hate", "trust", "distrust", "never draw", "always draw", "draw"),
    fc.constantFrom(...things),
    fc.constantFrom("", " when tired", " when alone"),
  )
  .map(([verb, thing, when]) => `I ${verb} ${thing}${when}.`);
const name = fc.constantFrom("a", "b", "c", "d");
const sentences = fc.array(sentence, { minLength: 1, maxLength: 6 });
const operation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("add" as const), text: name, sentences }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("edit" as const), text: name, sentences }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("sync" as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("delete" as const), text: name }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("restore" as const), state: fc.nat(20) }) },
);

/** @returns whether the graph may have changed */
function run(face: Face, step: Operation): boolean {
  const id = "text" in step ? (face.ids.get(step.text) ?? "") : "";
  if (step.kind === "add" || step.kind === "edit") {
    const held = face.texts.get(id);
    if ((held === undefined) !== (step.kind === "add")) return false;
    if (held === undefined) {
      const added = `text ${(nextId += 1)}`;
      face.ids.set(step.text, added);
      face.texts.set(added, { versions: [step.sentences], compiled: null });
    } else held.versions.push(step.sentences);
    return false;
  }
  if (step.kind === "delete") {
    face.stored = face.stored.filter(({ text }) => text !== id);
    if (!face.texts.delete(id)) return false;
  }
  if (step.kind === "sync") for (const [text, held] of face.texts) compile(face, text, held);
  if (step.kind === "restore") {
    const state = face.states[step.state % Math.max(1, face.states.length)];
    if (state === undefined) return false;
    for (const [text, held] of face.texts) held.compiled = state.get(text) ?? null;
  }
  face.states.push(
    new Map([...face.texts].flatMap(([text, { compiled }]) => (compiled === null ? [] : [[text, compiled]]))),
  );
  return true;
}

function compile(face: Face, text: string, held: { versions: string[][]; compiled: number | null }): void {
  const version = held.versions.length - 1;
  held.compiled = version;
  // what is stored is never read again
  if (face.stored.some((each) => each.text === text && each.version === version)) return;
  for (const statement of statementsOf(held.versions[version] ?? [])) face.stored.push({ text, version, statement });
}

function statementsOf(sentences: string[]): GraphStatement[] {
  const content = sentences.join(" ");
  let start = 0;
  return sentences.flatMap((each) => {
    const statement = readSentence(each, start);
    start += each.length + 1;
    return statement === null ? [] : [{ statement, documentKey: content, vector: wordVector(each) }];
  });
}

let nextId = 0;
const hashOf = (statements: GraphStatement[]) => graphHash(buildGraph(statements, 0.6, ["alice"]), statements);

test("after any sequence of adding, editing, syncing, deleting and restoring, the graph is a fresh compile's", () => {
  const property = fc.property(fc.array(operation, { minLength: 4, maxLength: 16 }), (steps) => {
    const face: Face = { texts: new Map(), stored: [], states: [], ids: new Map() };
    for (const step of steps) {
      if (!run(face, step)) continue;
      const inGraph = face.stored.filter(({ text, version }) => face.texts.get(text)?.compiled === version);
      const fresh = [...face.texts.values()]
        .flatMap(({ versions, compiled }) => (compiled === null ? [] : [versions[compiled] ?? []]))
        .reverse()
        .flatMap(statementsOf);
      expect(hashOf(inGraph.map(({ statement }) => statement))).toBe(hashOf(fresh));
    }
  });
  fc.assert(property, { numRuns: 500 });
});
