import { maxStatementWords, type Predicate } from "./grammar";
import { type Qualifiers, qualifiers } from "./qualifiers";

/** A terse statement in the person's own words, with what limits it. */
export type Rendering = Qualifiers & { statement: string };

/** Words a sentence may lose at its beginning without losing its sense. */
const leadIn =
  /^(?:(?:and|but|so|well|oh|yes|no|now|then|also|indeed|besides|however|moreover|furthermore|anyway|honestly|frankly|actually|look|listen|mind you|of course|in fact|to be honest|for my part|i mean|you see|you know|um|uh|er|eh|again|still|yet|thus|therefore|perhaps|accordingly|nevertheless)\b[,;:]?\s+)+(?=\S+\s+\S+)/iu;
/** Openings after which "no" and "now" are part of the sense. */
const keepLead =
  /^(?:no|now|still|yet|so|well)\s+(?:one|body|man|matter|longer|and|that|far|much|many|more|[a-z]+ (?:ever|can))\b/iu;
const fillers = /(?:,\s*\b(?:you know|i mean|sort of like|um|uh|er|mind(?: you)?)\b(?=,|[.!?]|$)|\b(?:um|uh|er),)/giu;
const speechTag =
  /,?\s*["”]\s*(?:(?:he|she|i|they|[A-Z]\p{L}+) (?:said|says|replied|told|added|asked)|(?:said|says|replied) (?:he|she|i|[A-Z]\p{L}+))[^,.;]*[.,;]?/gu;
const weakBeginning =
  /^(?:which|who|whom|whose|that|where|than|as|to|and|or|with|for|of|such|being|having|was|were|had|did|took|went|came|altered)\b/iu;
/** A comma ends a clause only where a new subject follows. */
const newSubject = String.raw`(?=(?:i|my|we|he|she|it|they|you|there|this|that|the|people|nobody|everybody|no one)(?:['’]\w+)?\s)`;
const clauseBorder = new RegExp(
  String.raw`\s*(?:;|:|\s[-–—]+\s|—|--)\s*|,\s+(?:and|but|so|yet|or|nor|for)\s+${newSubject}`,
  "iu",
);

/**
 * Renders a sentence as one terse statement of at most 24 words, in the person's own words.
 *
 * @param sentence in the first person, one line
 * @param scoreOf how much a clause looks like a statement, 0..1
 */
export function render(sentence: string, scoreOf: (clause: string) => number): Rendering {
  const clause = shortened(bestClause(tidy(sentence), scoreOf));
  return { ...qualifiers(clause), statement: finished(clause) };
}

/** Without footnote marks, emphasis, brackets, speech tags, lead-ins and fillers. */
export function tidy(sentence: string): string {
  const plain = sentence
    .replace(/\[[^\]]{0,40}\]/gu, "")
    .replace(/(?<![\p{L}\p{N}])[_*]+|[_*]+(?![\p{L}\p{N}])/gu, "")
    .replace(/^\s*(?:[-*•–—>#]+|\(?\d{1,3}[.)])\s+/u, "")
    .replace(/\s*\([^()]{0,200}\)/gu, "")
    .replace(speechTag, " ")
    .replace(/["“”«»]/gu, "")
    .replace(fillers, "")
    .replace(/\s+/gu, " ")
    .replace(/\s+([,.;:!?])/gu, "$1")
    .trim();
  return keepLead.test(plain) ? plain : plain.replace(leadIn, "");
}

/** The clause that says most about the face; neighbours are dropped, never reworded. */
function bestClause(sentence: string, scoreOf: (clause: string) => number): string {
  if (words(sentence) <= 14) return sentence;
  const clauses = sentence
    .split(clauseBorder)
    .map((clause) => clause.trim())
    .filter((clause) => words(clause) >= 3);
  let best = sentence;
  let top = -Infinity;
  for (const clause of clauses) {
    const score =
      scoreOf(clause) +
      (/\b(?:i|i'm|i've|i'd|my|me)\b/iu.test(clause) ? 0.25 : 0) -
      (words(clause) < 5 ? 0.15 : 0) -
      (weakBeginning.test(clause) ? 0.4 : 0);
    if (score > top) {
      best = clause;
      top = score;
    }
  }
  return best.replace(leadIn, "");
}

/** A beginning that still waits for its main clause: "When I left, …", "Looking back, …", "My father, who …". */
const lacksMain =
  /^(?:(?:when|whenever|if|as|since|because|while|before|after|though|although|in|at|on|from|by|with|to|imagining|looking|living|having|being|knowing|seeing)\b[^,]*,?$|[^,]+,\s+(?:who|which|whose|whom|where)\b[^,]*(?:,\s+(?:and|but|who|which|whose)\b[^,]*)*,?$)/iu;

/** At most 24 words: without trailing clauses, else cut with a sign that it is cut. */
function shortened(clause: string): string {
  if (words(clause) <= maxStatementWords) return clause;
  const parts = clause.split(/(?<=,)\s+/u);
  let kept = parts[0] ?? clause;
  for (const part of parts.slice(1)) {
    if (words(`${kept} ${part}`) > maxStatementWords) break;
    kept = `${kept} ${part}`;
  }
  if (words(kept) >= 6 && words(kept) <= maxStatementWords && !lacksMain.test(kept))
    return kept.replace(/,\s*(?:and|but|or)?$/u, "");
  const first = clause.split(/\s+/u).slice(0, maxStatementWords);
  while (
    first.length > 6 &&
    /^(?:the|a|an|of|to|in|and|or|but|that|which|with|my|his|her|for|as|at|by|on|from|is|was|were|be)$/iu.test(
      first.at(-1) ?? "",
    )
  )
    first.pop();
  return `${first.join(" ").replace(/[,;:]$/u, "")} …`;
}

function finished(clause: string): string {
  const text = clause
    .replace(/[\s,;:–—-]+$/u, "")
    .replace(/^['‘,;:.\s]+/u, "")
    .replace(/\bi\b(?!\.)/gu, "I");
  const whole = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?…]['’)]?$/u.test(whole) ? whole : `${whole}.`;
}

const subject = /^(?:i(?:['’](?:m|ve|d|ll))?|my|we)\s+/iu;
const auxiliary =
  /^(?:am|was|have|had|do|did|does|don['’]t|didn['’]t|can|could|can['’]t|cannot|couldn['’]t|will|would|won['’]t|wouldn['’]t|shall|should|must|been|be|not|never|always|often|usually|sometimes|rarely|seldom|generally|still|also|really|very|quite|used to|a|an|the)\s+/iu;

/** What the predicate is said of: the statement without its subject, helpers, condition and reason. */
export function objectOf({ statement, condition, reason }: Rendering, predicate: Predicate): string {
  let rest = statement;
  for (const part of [reason, condition]) if (part) rest = rest.replace(part, " ");
  rest = rest
    .replace(/[.!?…]+$/u, "")
    .replace(/\s+/gu, " ")
    .replace(/^[\s,;:]+|[\s,;:]+$/gu, "")
    .replace(subject, "");
  for (let i = 0; i < 5 && auxiliary.test(rest); i += 1) rest = rest.replace(auxiliary, "");
  if (predicate === "believes") rest = rest.replace(/^(?:think|believe|reckon|hold|suppose)(?:\s+that)?\s+/iu, "");
  if (predicate === "likes") rest = rest.replace(/^(?:love|like|enjoy|adore|hate|dislike|prefer)\s+/iu, "");
  return rest.trim() || statement;
}

function words(text: string): number {
  return text.split(/\s+/u).filter(Boolean).length;
}
