import type { FaceInput } from "@/components/faces/use-faces";
import { faceText } from "@/components/strings/face";
import type { FaceView } from "@/lib/faces/schemas";

/** What stands in the form. */
export type FactsDraft = { name: string; aliases: string; pronouns: string; facts: string; model: string };

/** As the server has them. */
export const maxFacts = 20_000;
const maxAliases = 20;
const maxName = 100;
const maxPronouns = 40;

export const draftOf = (face: FaceView): FactsDraft => ({
  name: face.name ?? "",
  aliases: face.aliases.join(", "),
  pronouns: face.pronouns ?? "",
  facts: face.basic_facts,
  model: face.default_model ?? "",
});

export const inputOf = (draft: FactsDraft): FaceInput => ({
  name: draft.name.trim() || null,
  aliases: namesIn(draft.aliases),
  pronouns: draft.pronouns.trim() || null,
  basic_facts: draft.facts,
  default_model: draft.model || null,
});

export const isSame = (a: FactsDraft, b: FactsDraft): boolean =>
  JSON.stringify(inputOf(a)) === JSON.stringify(inputOf(b));

/** What the server would refuse, by field, while it is being typed. */
export function problemsOf(draft: FactsDraft): Partial<Record<keyof FactsDraft, string>> {
  const names = namesIn(draft.aliases);
  return {
    ...(draft.name.trim().length > maxName ? { name: faceText.tooLong(maxName) } : {}),
    ...(draft.pronouns.trim().length > maxPronouns ? { pronouns: faceText.tooLong(maxPronouns) } : {}),
    ...(names.length > maxAliases ? { aliases: faceText.tooManyAliases(maxAliases) } : {}),
    ...(names.some((name) => name.length > maxName) ? { aliases: faceText.tooLong(maxName) } : {}),
    ...(draft.facts.length > maxFacts ? { facts: faceText.tooLong(maxFacts) } : {}),
  };
}

function namesIn(text: string): string[] {
  const names = text
    .split(",")
    .map((name) => name.trim())
    .filter(Boolean);
  return [...new Set(names)];
}

const keyOf = (face: FaceView): string => `faces.draft.facts.${face.id}`;

/** What was written and not saved; null when there is nothing. */
export function readDraft(face: FaceView): FactsDraft | null {
  try {
    const stored = localStorage.getItem(keyOf(face));
    return stored ? { ...draftOf(face), ...(JSON.parse(stored) as Partial<FactsDraft>) } : null;
  } catch {
    return null;
  }
}

export function keepDraft(face: FaceView, draft: FactsDraft): void {
  try {
    if (isSame(draft, draftOf(face))) localStorage.removeItem(keyOf(face));
    else localStorage.setItem(keyOf(face), JSON.stringify(draft));
  } catch {
    // Storage is switched off: the draft lives as long as the page.
  }
}
