import { type Exemplar, type Situation, situations } from "./schemas";
import type { VoiceTurn } from "./voice-turn";
import { type SpokenTurn, wordsOf } from "./voice-words";

const perSituation = 2;
const words = { min: 2, max: 45 };

/** How a turn of each situation begins or what it holds. Joking is told by the answer too. */
const signs: Record<Situation, RegExp> = {
  greeting:
    /^\W*(?:hello|hallo|hi|hey|good (?:morning|evening|afternoon|night|day)|goodnight|goodbye|bye|welcome|how (?:are you|do you do)|nice to (?:see|meet))\b/iu,
  agreeing:
    /^\W*(?:yes|yeah|yep|exactly|right|true|of course|certainly|quite so|quite right|agreed|fine|all right|alright|ok|okay|sure|fair|i agree|i know|absolutely|so do i|so am i|very true|you're right|you are right|ok noted)\b/iu,
  disagreeing:
    /^\W*(?:no\b[,.;:]? \W*(?!thank)|nope|nonsense|rubbish|not at all|on the contrary|i don't (?:think|agree|believe)|i do not (?:think|agree|believe)|it isn't|it is not|that isn't|that is not|it's not|that's not|oh,? no|but (?:that|it|you)|hardly|quite the (?:opposite|reverse)|i can't agree|i disagree)/iu,
  joking:
    /\b(?:ha(?:ha)+|he(?:he)+|lol|lmao|rofl|jk|just kidding|only joking|teasing)\b|\((?:not really|joking|kidding)\)|[😂🤣😜😅😉😏]|[;:]-?[)PD](?!\p{L})/iu,
  explaining:
    /\b(?:because|the (?:reason|point|trouble|thing|idea) (?:is|of)|that's why|that is why|which means|in the first place|you see|in other words|the way (?:i|it)|it accounts for|for example|for instance)\b/iu,
  asking: /\?["'”’)]?\s*$/u,
  refusing:
    /\b(?:i (?:won't|will not|shan't|shall not|can't|cannot|couldn't|refuse|decline|would not|wouldn't)|i don't (?:want|do|intend|propose)|i'd rather not|i would rather not|i'm not going to|i am not going to|certainly not|absolutely not|no,? thank|no way|not for (?:me|anything)|nothing (?:will|would|on earth)|out of the question|please don't)\b/iu,
  thanking: /\b(?:thank(?:s| you)|cheers|much obliged|grateful|appreciate)\b/iu,
  apologising:
    /\b(?:i(?:'m| am) (?:so |very |awfully |really |terribly )?sorry|sorry|apologi[sz]e|apologies|forgive me|i beg your pardon|pardon me|excuse me)\b/iu,
  emotional:
    /\b(?:i (?:love|hate|adore|loathe|miss|cried|can't bear|cannot bear|feel)|i(?:'m| am) (?:so |very |really |quite |perfectly )?(?:afraid of|happy|sad|angry|furious|glad|scared|tired|lonely|proud|hurt|screaming|heartbroken|delighted|miserable|in love))\b/iu,
};
const laughter = /^\W*(?:(?:a?ha)+h?|he(?:he)+|lol|lmao|rofl|[😂🤣]+|that's (?:so )?funny)(?![\p{L}])/iu;

type Candidate = { turn: VoiceTurn; said: SpokenTurn; answer: string; order: number };

/**
 * Turns that show how the face greets, refuses, explains and so on: of each situation those that hold most of what is
 * its own, at a length that is usual for it. Which turn is which is told by its words and, for jokes, by whether the
 * other laughed; irony that nobody laughs at is not found.
 *
 * @param all every turn in order, the face's among them
 * @param own phrases and words of the face, lower case, with their weight
 */
export function exemplars(
  all: { turn: VoiceTurn; said: SpokenTurn }[],
  own: Map<string, number>,
  medianWords: number,
): Exemplar[] {
  const candidates = all
    .map(({ turn, said }, order): Candidate => ({ turn, said, order, answer: answerTo(all, order) }))
    .filter(({ turn, said }) => turn.isFace && said.words.length >= words.min && said.words.length <= words.max);
  const taken = new Set<string>();
  return [...situations]
    .sort((a, b) => fitting(candidates, a).length - fitting(candidates, b).length || order(a) - order(b))
    .flatMap((situation) => best(fitting(candidates, situation), own, medianWords, taken).map(toExemplar(situation)))
    .sort((a, b) => order(a.situation) - order(b.situation));
}

function fitting(candidates: Candidate[], situation: Situation): Candidate[] {
  return candidates.filter(({ turn, said, answer }) => {
    const text = turn.text.replaceAll("’", "'");
    if (situation === "joking") return signs.joking.test(text) || laughter.test(answer);
    if (situation === "explaining" && said.words.length < 10) return false;
    // a question is no agreement, no refusal and no thanks
    if (situation !== "asking" && situation !== "greeting" && signs.asking.test(text)) return false;
    return signs[situation].test(text);
  });
}

/** The rare situations choose first; a line is shown once. */
function best(fit: Candidate[], own: Map<string, number>, medianWords: number, taken: Set<string>): Candidate[] {
  const scored = fit
    .filter(({ turn }) => !taken.has(lineKey(turn.text)))
    .map((each) => ({ each, score: scoreOf(each, own, medianWords) }))
    .sort((a, b) => b.score - a.score || a.each.order - b.each.order)
    .map(({ each }) => each);
  const chosen: Candidate[] = [];
  for (const each of scored) {
    if (chosen.length === perSituation) break;
    if (taken.has(lineKey(each.turn.text))) continue;
    taken.add(lineKey(each.turn.text));
    chosen.push(each);
  }
  return chosen.sort((a, b) => a.order - b.order);
}

function scoreOf({ said, turn }: Candidate, own: Map<string, number>, medianWords: number): number {
  const text = ` ${said.words.join(" ")} `;
  let weight = 0;
  for (const [phrase, z] of own) if (text.includes(` ${phrase} `)) weight += Math.min(z, 6);
  // typical of length: neither a bare word nor a speech; a line cut by nothing else than its end
  const away = Math.abs(Math.log2((said.words.length + 1) / (Math.max(5, medianWords) + 1)));
  return weight - 1.5 * away + (/[.!?…"”]$/u.test(turn.text) ? 0.5 : 0);
}

function answerTo(all: { turn: VoiceTurn }[], order: number): string {
  const next = all[order + 1]?.turn;
  const isAnswer = next !== undefined && !next.isFace && next.documentId === all[order]?.turn.documentId;
  return isAnswer ? next.text : "";
}

const toExemplar =
  (situation: Situation) =>
  ({ turn }: Candidate): Exemplar => ({
    situation,
    text: turn.text,
    document_id: turn.documentId,
    version: turn.version,
    start: turn.start,
    end: turn.end,
  });
const order = (situation: Situation): number => situations.indexOf(situation);
const lineKey = (text: string): string => wordsOf(text).join(" ");
