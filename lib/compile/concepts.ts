import { lexiconKind, type NameUse, nameUses } from "./concepts-names";
import { findTopics } from "./concepts-topics";

/** A person, place or topic, and the primitives that are about it. */
export type Concept = {
  /** the same for the same content */
  key: string;
  kind: "person" | "place" | "topic";
  name: string;
  /** keys, sorted */
  primitives: string[];
};

/** What is read: a primitive's key, and what its statements say. */
export type ConceptText = { key: string; texts: string[] };

/** A face of a long life names hundreds; what is named once in a thousand pages helps nobody to find their way. */
const maxNames = 400;

type Known = { uses: NameUse[]; primitives: Set<string> };

/**
 * The people, places and topics of a graph. Names are told apart by their title, the words around them, and a
 * lexicon; "Mr. Keimer" and "Keimer" are one, and so are "Darwin" and "Charles Darwin" when no other Darwin is named.
 * A function of the set of primitives.
 *
 * @param faceNames what the face itself is called: it is no concept
 */
export function findConcepts(primitives: ConceptText[], faceNames: readonly string[]): Concept[] {
  const own = new Set(faceNames.flatMap((name) => [name, ...name.split(/\s+/u)]).map((name) => name.toLowerCase()));
  const named = new Map<string, Known>();
  for (const { key, texts } of primitives) {
    for (const use of texts.flatMap(nameUses)) {
      if (own.has(use.name.toLowerCase())) continue;
      const known = named.get(use.name);
      if (known === undefined) named.set(use.name, { uses: [use], primitives: new Set([key]) });
      else {
        known.uses.push(use);
        known.primitives.add(key);
      }
    }
  }
  const names = toConcepts(withoutAliases(named));
  const nameWords = new Set([...named.keys()].flatMap((name) => name.toLowerCase().split(/\s+/u)));
  return [...names, ...findTopics(primitives, new Set([...nameWords, ...own]))].sort((a, b) =>
    a.key < b.key ? -1 : 1,
  );
}

/** A part of a name joins the one full name it is part of: as its last word, else as its first. */
function withoutAliases(named: Map<string, Known>): Map<string, Known> {
  const full = [...named.keys()].filter((name) => name.includes(" ")).sort();
  const merged = new Map<string, Known>();
  for (const [name, known] of [...named].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const target = name.includes(" ")
      ? name
      : (only(full, ` ${name}`, "end") ?? only(full, `${name} `, "start") ?? name);
    const into = merged.get(target) ?? { uses: [], primitives: new Set<string>() };
    into.uses.push(...known.uses);
    for (const key of known.primitives) into.primitives.add(key);
    merged.set(target, into);
  }
  return merged;
}

function only(full: string[], part: string, where: "start" | "end"): string | null {
  const found = full.filter((name) => (where === "end" ? name.endsWith(part) : name.startsWith(part)));
  return found.length === 1 ? (found[0] ?? null) : null;
}

function toConcepts(named: Map<string, Known>): Concept[] {
  return [...named]
    .flatMap(([name, { uses, primitives }]) => {
      const kind = kindOf(name, uses);
      return kind === null
        ? []
        : [{ key: `${kind}:${name.toLowerCase()}`, kind, name, primitives: [...primitives].sort() }];
    })
    .sort((a, b) => b.primitives.length - a.primitives.length || (a.key < b.key ? -1 : 1))
    .slice(0, maxNames)
    .filter(({ key }, at, all) => all.findIndex((other) => other.key === key) === at);
}

/** @returns null when nothing tells whether it is a person or a place */
function kindOf(name: string, uses: NameUse[]): "person" | "place" | null {
  if (uses.some(({ isTitled }) => isTitled)) return "person";
  const places = uses.filter(({ isPlaceLike }) => isPlaceLike).length;
  const people = uses.filter(({ isPersonLike }) => isPersonLike).length;
  const lexicon = lexiconKind(name);
  if (lexicon !== null) return lexicon;
  if (places === people) return null;
  return places > people ? "place" : "person";
}
