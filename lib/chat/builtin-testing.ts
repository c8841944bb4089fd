import type { RetrievedItem } from "@/lib/retrieve/schemas";
import { builtinAnswer, type BuiltinInput } from "./builtin";
import { primitive, span } from "./testing";

export const night = span("s1", "I fire the kiln at night because the street is quiet then.");
export const kind = (item: RetrievedItem, predicate: string): RetrievedItem => ({ ...item, predicate });
export const at = (item: RetrievedItem, start: number, document = "doc_1"): RetrievedItem => ({
  ...item,
  provenance: item.provenance.map((place) => ({
    ...place,
    document_id: document,
    start,
    end: start + item.text.length,
  })),
});
export const said = (id: string, previousText: string, text: string): RetrievedItem => ({
  ...span(id, text),
  previousText,
  speaker: "Alice",
});
export const core = [
  kind(primitive("c1", "I value patience.", "I value patience above all."), "values"),
  kind(primitive("c2", "I keep lists.", "I keep lists of everything I break.", "epsilon"), "does"),
  kind(primitive("c3", "I am a potter.", "I am a potter, and I was never anything else.", "alpha"), "works_as"),
];

export function say(turns: string | string[], found: Partial<BuiltinInput> = {}): string {
  return builtinAnswer({
    face: {
      username: "alice",
      name: "Alice Reyes",
      aliases: [],
      pronouns: "she/her",
      basicFacts: "Alice Reyes is a potter. She lives in Lisbon, in Graça.",
    },
    messages: [turns].flat().map((text, index) => ({ role: index % 2 === 0 ? "user" : "assistant", text })),
    items: [],
    core,
    abstain: (found.items ?? []).length === 0,
    models: ["gpt-4o-mini"],
    ...found,
  });
}

/** Everything between quotation marks. */
export function quotes(answer: string): string[] {
  return [...answer.matchAll(/“([^”]+)”/g)].map(([, text = ""]) => text.replace(/^… | …$/g, ""));
}
