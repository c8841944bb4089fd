type Parts = {
  component: string;
  predicate: string;
  polarity: string;
  object: string;
  condition?: string | null | undefined;
  reason?: string | null | undefined;
};

const conditionWords = "if|when|whenever|under|before|after|while|unless|until";
const reasonWords = "because|since|owing to|so that|for";

/** The statement in the grammar's own notation, such as `beta.likes not crowds when tired`. */
export function canonicalForm({ component, predicate, polarity, object, condition, reason }: Parts): string {
  const claim = [`${component}.${predicate}`, polarity === "neg" ? "not" : "", object].filter(Boolean).join(" ");
  const withCondition = joined(claim, condition, "when", conditionWords);
  return joined(withCondition, reason, "because", reasonWords);
}

/** Adds what follows, with the word that joins it unless one of its kind stands there already, at either side. */
function joined(before: string, after: string | null | undefined, word: string, kin: string): string {
  if (!after) return before;
  const opening = new RegExp(`^(?:${kin})\\b`, "iu").exec(after)?.[0];
  const closing = new RegExp(`\\b(?:${kin})$`, "iu").exec(before)?.[0];
  if (opening !== undefined && closing?.toLowerCase() === opening.toLowerCase())
    return `${before}${after.slice(opening.length)}`;
  return opening === undefined && closing?.toLowerCase() !== word ? `${before} ${word} ${after}` : `${before} ${after}`;
}
