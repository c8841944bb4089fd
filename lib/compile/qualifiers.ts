import type { Predicate, Polarity, Strength } from "./grammar";
import { wordCount } from "./render-clauses";

const clauseEnd = String.raw`(?=[,;:]|\s+[-–—]|[.!?]["'”’)]*$|$)`;
const conditionPattern = new RegExp(
  String.raw`(?:^|[\s,(])((?:when(?:ever)?|if|unless|under|while|before|after|as soon as|until)\s+[^,;:]+?)${clauseEnd}`,
  "iu",
);
const reasonPattern = new RegExp(
  String.raw`(?:^|[\s,(])((?:because|owing to|on account of|so that|(?:for|since)\s+i)\b\s*[^;:]*?)(?=[;:]|[.!?]["'”’)]*$|$)`,
  "iu",
);

export type Qualifiers = { condition: string | null; reason: string | null; strength: Strength | null };

/** Reads condition, reason and strength from a clause in the first person. */
export function qualifiers(clause: string): Qualifiers {
  const reason = reasonPattern.exec(clause)?.[1]?.trim() ?? null;
  const rest = reason ? clause.replace(reason, "") : clause;
  return {
    condition: conditionOf(rest),
    reason: reason && wordCount(reason) > 1 ? reason : null,
    strength: strengthOf(rest),
  };
}

function conditionOf(clause: string): string | null {
  const found = conditionPattern
    .exec(clause)?.[1]
    ?.trim()
    .replace(/[.!?"”’)]+$/u, "");
  if (!found || wordCount(found) < 2 || wordCount(found) > 10) return null;
  // "ask if", "wonder if", "know when": a question inside, no condition.
  const before = clause.slice(0, clause.indexOf(found)).trimEnd();
  if (
    /\b(?:he|she|they) said$|^after all$|^if (?:anything|any|not|so)$|^(?:before|after|under) (?:me|you|us|him|her|them)\b/iu.test(
      found,
    )
  )
    return null;
  return /\b(?:ask|asks|asked|wonder|wonders|know|see|as|even|time|day|year|years|remember|decide|doubt|sure)$/iu.test(
    before,
  )
    ? null
    : found;
}

/** How often, by the first word of frequency; null when nothing says so. */
export function strengthOf(clause: string): Strength | null {
  const lower = clause.toLowerCase();
  if (/\b(?:never|not once|not ever|in no case)\b/u.test(lower) && !/\bnever\b.*\bwithout\b/u.test(lower))
    return "never";
  if (
    /\b(?:always|every (?:time|day|night|morning|evening|week|year|sunday|one)|invariably|without fail|whenever|never\b.*\bwithout)\b/u.test(
      lower,
    )
  )
    return "always";
  if (/\b(?:rarely|seldom|hardly ever|scarcely ever|once in a blue moon)\b/u.test(lower)) return "rarely";
  if (
    /\b(?:often|usually|mostly|frequently|generally|as a rule|most (?:days|nights|mornings)|tend to|commonly)\b/u.test(
      lower,
    )
  )
    return "often";
  if (/\b(?:sometimes|occasionally|now and then|at times|on occasion|once in a while)\b/u.test(lower))
    return "sometimes";
  return null;
}

/** Words that say the contrary of the predicate without any "not". */
const lexicalNegative: Partial<Record<Predicate, RegExp>> = {
  likes:
    /\b(?:hate|hated|hates|dislike|disliked|detest|loathe|abhor|can(?:'t|not) (?:stand|bear|abide)|could(?:n't| not) (?:stand|bear|abide)|bores? me|bored me|no (?:taste|time|use|patience|liking|love|interest|appetite)|sick of|tired of|tedious|wretched|turns my stomach|leaves me cold|nauseat\w+|disgust\w*|unbearable|insufferable|wouldn't thank you|rather not)\b/u,
  esteems:
    /\b(?:despise\w*|contempt|ashamed|regret\w*|scorn|look down on|no respect|no time for|can(?:'t|not) respect|loathe|hate|disgrace|shame|embarrass\w*|coward|worm|fraud|fool|fools|no great opinion|sorry (?:i|for|that)|bitter|resent\w*|repent\w*|disappoint\w*)\b/u,
  can: /\b(?:incapable|unable|bad at|terrible at|hopeless|useless at|ignorant|can't|cannot|couldn't|could not|no (?:ear|head|eye|talent|gift|hand|memory|sense)|poor at|clumsy|clueless|defeats? me|beyond me|struggle\w*|hardly (?:a )?word|worse than|never (?:learnt|learned|mastered|could))\b/u,
  relates_to:
    /\b(?:have no|had no|no (?:brother|sister|wife|husband|children|family|friends?)|nobody|no one|without (?:a|any)|estranged|not spoken|divorced|orphan|never (?:married|met|knew)|childless|don't speak|dead to me)\b/u,
  doubts: /\b(?:never doubt|no doubts?|rarely doubt|certain|don't second-guess|trust (?:my|the)|sure of)\b/u,
};
const negation =
  /\b(?:not|never|no longer|cannot|nor|neither|hardly|scarcely|seldom|rarely|anything but|far from|(?:have|has|had) yet to|stopped|g[ai]ven? up|quit|left off|devoid of|destitute of|free from|free of)\b|n't\b|\bi(?:'ve)? \w+ (?:(?:to|for|with) )?(?:nobody|nothing|no one|none)\b/u;
const positiveTurn =
  /\bnot only\b|\bnot just\b|\bnever\b.*\bwithout\b|\bcannot but\b|\bcan't help\b|\bcannot help\b|\bno doubt\b|\bwhy not\b|\bnot to mention\b|\bcan't wait\b|\bnever (?:stop|fail|tire|cease|miss)\w*\b|\bnot unlike\b|\bnever not\b|\bcan't not\b/u;
/** "I never speak before counting to ten": it is done, only not otherwise. */
const exception =
  /(?:\b(?:not|never|cannot|seldom|rarely|hardly)\b|n't\b).*\b(?:without|unless|until|till|before (?:i|\w+ing)|so much as|half as much as|except)\b/u;
/** What is denied only to say what is so: "by feel, never by the timer", "I don't argue, I leave", "not Y but Z". */
const contrast =
  /,\s*(?:and |but )?(?:not|never)\s+(?:by|from|in|with|for|the|an?|to|off|on|at|of|my|any|\w+ing)\b[^,;]*|\bnot\s+(?:[\w']+\s+){1,6}?but\b|\brather than\b[^,;]*|\bnothing but\b|\bno more than\b|\bnone other than\b/gu;
const correction =
  /\bi(?:'m| do| am|'ve)?\s*(?:not|don't|never|n't)\b[^,;]*[,;]\s*(?:but\s+)?i(?:'m|'ve|'ll)?\s+(?!do not|don't|never|not|can't|cannot|won't|mind|think|suppose|know)/u;
const deniedVerb =
  /\b(?:don't|do not|didn't|did not|doesn't|never|can't|cannot|no longer|couldn't|won't|wouldn't)\s+(?:\w+ly\s+|even\s+|really\s+|much\s+)?(?:believe|think|hold|buy|accept|value|care|matter|see why|agree|trust in|go along|subscribe|rate|mind|set|give|count|put|share|consider|want)\w*\b|\bnot (?:sold|convinced|persuaded|a believer|important|one for)\b|\b(?:matters?|means?|counts?|worth) (?:little|nothing|precious little|less|not)\b|\bcare(?:s|d)? (?:little|nothing|less)\b|\bnever (?:believed|thought|cared|valued|mattered|held)\b|\bdisbelieve|\bno (?:faith|belief|value|store|stock)\b|\bunimportant\b|\bnonsense\b|\bmyth\b|\bcouldn't care less\b/u;

/**
 * Whether the predicate is denied, or its object disliked, despised or lacking.
 *
 * One negative makes it negative and two do not; a belief or value is denied only by its own verb
 * ("I don't believe"), not by a "not" within the claim.
 *
 * @param clause in the first person
 */
export function polarityOf(clause: string, predicate: Predicate): Polarity {
  const lower = clause
    .toLowerCase()
    .replace(/[’]/gu, "'")
    .replace(/"[^"]*"|“[^”]*”/gu, "")
    .replace(contrast, " ");
  if (predicate === "believes" || predicate === "values") return deniedVerb.test(lower) ? "neg" : "pos";
  const main = withoutSubordinate(lower);
  const lexical = lexicalNegative[predicate];
  const hit = lexical?.exec(main);
  const rest = hit ? main.replace(hit[0], " ") : main;
  const isNegated =
    negation.test(rest) &&
    !positiveTurn.test(rest) &&
    !exception.test(lower) &&
    !correction.test(lower) &&
    !(
      predicate === "fears" &&
      !/\b(?:not|never|n't|no longer)\s+(?:\w+\s+)?(?:afraid|scared|fear|worr|frighten|dread)|n't (?:\w+\s+)?(?:afraid|scared|fear|worr|frighten|dread|scare|bother)/u.test(
        rest,
      )
    );
  return (hit !== null && hit !== undefined) !== isNegated ? "neg" : "pos";
}

/** The part before a condition or reason: its "not" denies something else. */
function withoutSubordinate(clause: string): string {
  const fronted =
    /^(?:when(?:ever)?|if|unless|while|before|after|because|since|as|though|although)\b[^,;]*[,;]\s*(.+)$/u.exec(
      clause,
    );
  const main = fronted?.[1] ?? clause;
  const cut = main.search(
    /\s(?:when(?:ever)?|if|unless|because|since|that|which|who|whom|where|until|till|so that|though|although)\s/u,
  );
  return cut > 12 ? main.slice(0, cut) : main;
}
