import { shapeCount, shapesOf } from "./sentence-shapes";

/** Cues on a sentence in the first person, lower case: people, tense, time, attitude, then one list per family of predicates. */
const cues: RegExp[] = [
  // who
  /^(?:and |but |so |well,? |oh,? |yes,? |no,? |also |still |now |yet )*i(?:'|’|\b)/u,
  /\bi\b/u,
  /\b(?:me|myself|mine)\b/u,
  /\bmy\b/u,
  /\b(?:we|us|our|ours)\b/u,
  /\byou(?:r|rs|rself)?\b/u,
  /\b(?:he|she|him|her|his|hers)\b/u,
  /\b(?:they|them|their)\b/u,
  /^(?:he|she|they|it|this|that|there|the|a|an|his|her|their)\b/u,
  /\b(?:people|nobody|no one|everyone|everybody|anyone|anybody|men|women|most|one)\b/u,
  /\b(?:anything|everything|nothing|whatever|anywhere)\b/u,
  // verb after the first person
  /\bi(?:'m| am|’m)\b/u,
  /\bi was\b/u,
  /\bi(?:'ve|’ve| have)\b/u,
  /\bi(?:'d|’d| had)\b/u,
  /\bi(?:'d|’d| would)\b/u,
  /\bi(?:'ll|’ll| will| shall)\b/u,
  /\bi (?:can|could|cannot|can't|can’t|couldn't)\b/u,
  /\bi (?:do|don't|don’t|did|didn't|didn’t)\b/u,
  /\bi (?:\w+ly )?\w+ed\b/u,
  /\bi (?:went|came|saw|took|got|said|told|gave|put|found|thought|felt|left|met|sat|ran|stood|heard|made|knew|began|brought|bought|wrote|read)\b/u,
  /\bi used to\b/u,
  /\b(?:must|should|ought|shouldn't|mustn't)\b/u,
  /\b(?:is|are|isn't|aren't|'s)\b/u,
  /\b(?:was|were|wasn't|weren't)\b/u,
  /\b\w+(?:ing)\b/u,
  // negation and frequency
  /\b(?:not|no|never|neither|nor|cannot)\b|n['’]t\b/u,
  /\bnever\b/u,
  /\b(?:always|every|each|whenever|invariably|forever|still)\b/u,
  /\b(?:often|usually|frequently|generally|mostly|commonly|tend|tends|habit|routine)\b/u,
  /\b(?:sometimes|occasionally|now and then)\b/u,
  /\b(?:rarely|seldom|hardly|scarcely)\b/u,
  /\b(?:all my life|for years|years|since i was|as a (?:child|boy|girl)|lifelong|ever since|mornings|evenings|nights|sundays|mondays)\b/u,
  // once
  /\b(?:today|yesterday|tomorrow|tonight|this (?:morning|week|afternoon|evening|year|month)|last (?:night|week|month|year|summer|winter)|next (?:week|month|year|day)|just now|right now|ago)\b/u,
  /\b(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|june|july|august|september|october|november|december)\b/u,
  /\b1[5-9]\d\d\b|\b20\d\d\b/u,
  /\b(?:then|suddenly|once|finally|at last|soon|after that|when i arrived|the next)\b/u,
  /\b\d+\b/u,
  // sentence form
  /\?["'”’]?$/u,
  /!/u,
  /["“”]/u,
  /^(?:when|whenever|if|before|after|while|give me|put me|ask me|show me|leave me)\b/u,
  /\b(?:when|whenever|if|unless|under|before|after)\b/u,
  /\b(?:because|since|owing|so that|therefore)\b/u,
  /\b(?:more than|rather than|less than|better than|instead of|than)\b/u,
  /\b(?:said|says|told|tells|asked|asks|replied|calls? me|called me)\b/u,
  /;|—|--/u,
  /^(?:please|let|go|take|come|look|don't|do|tell|bring|send|thank)\b/u,
  // predicates
  /\b(?:kind of (?:man|woman|person)|nature|temper|temperament|character|stubborn|shy|patient|impatient|proud|lazy|quiet|person|sort of)\b/u,
  /\b(?:born|grew up|raised|brought up|schooled|school|university|family|village|son of|daughter of|parents|childhood|bred)\b/u,
  /\b(?:work(?:ed|s)? as|trade|job|career|profession|nurse|teacher|engineer|doctor|served|elected|apprentice|retired|employed|by trade|manager|run a|ran a)\b/u,
  /\b(?:wife|husband|sister|brother|mother|father|son|daughter|friend|friends|married|engaged|partner|twin|neighbou?r|widow|divorced|grandmother|cousin)\b/u,
  /\b(?:good at|bad at|able to|capable|incapable|skill|know how|fluent|hopeless|useless at|knack|talent|ear for|eye for)\b/u,
  /\b(?:made me|taught me|turned me|left me|owe|influence|influenced|shaped|formed me|thanks to|gave me|cured me)\b/u,
  /\b(?:matters?|matter to me|important|value|duty|principle|priority|worth|come first|comes first|promise|honest|fair|right thing)\b/u,
  /\b(?:love|like|enjoy|adore|fond|favou?rite|prefer|taste|delight|pleasure|hate|dislike|detest|loathe|can't stand|can’t stand|bores? me)\b/u,
  /\b(?:believe|think|opinion|convinced|reckon|hold that|overrated|the truth is|nonsense|no such thing)\b/u,
  /\b(?:want|wish|hope|dream|ambition|goal|someday|one day|would like|long to|aim|plan to|intend)\b/u,
  /\b(?:afraid|fear|fears|scared|dread|terrif\w+|worry|worries|worried|nightmare|frighten\w*|panic)\b/u,
  /\b(?:admire|respect|despise|contempt|ashamed|regret|grateful|look up to|hero|esteem|look down|proud of|forgive)\b/u,
  /\b(?:logic|evidence|facts?|argue|argument|reason|step by step|examples?|pictures|theory|principles|numbers|prove|proof|analogy)\b/u,
  /\b(?:decide|decision|choose|choice|choosing|gut|coin|make up my mind|pick|options|hesitate|sleep on it)\b/u,
  /\b(?:learn|learned|learnt|study|studied|notes|practi[cs]e|teach myself|taught myself|book|books|copying|trial)\b/u,
  /\b(?:doubt|doubts|suspicious|second-guess|suspect|trust|wrong|mistaken|sceptical|skeptical|certain|sure|check|double-check|prejudice)\b/u,
  /\b(?:assume|take it as|sign|blame|means|read into|explain|put it down to|coincidence|on purpose|fate|luck)\b/u,
  /\b(?:notice|remember|forget|memory|attention|distract\w*|mind wanders|hear|see|smell|smells|faces|names|imagine|picture|daydream|detail|details)\b/u,
  /\b(?:every (?:day|morning|night|evening|week|year|sunday)|wake|walk|drink|eat|smoke|bed|breakfast|coffee|tea|gave up|never go)\b/u,
  /\b(?:angry|shout|cry|freeze|go quiet|go silent|under pressure|bad news|criticis\w+|criticiz\w+|laugh|run away|snap|bristle|insult\w*|corner\w*)\b/u,
  /\b(?:feel|feels|sad|happy|lonely|anxious|hollow|melanchol\w+|joy|guilt\w*|homesick|calm|restless|mood|weep|tears|content)\b/u,
  /\b(?:speak|speaks|talk|talks|say|words?|swear|joke|jokes|blunt|write|letters|voice|mumble|sentences?|whisper|interrupt|stammer)\b/u,
  /\b(?:help|kind|generous|trust|listen|share|lend|forgive|strangers|guests|children|colleagues|treat|criticise|owe|favou?rs?|keep away|avoid)\b/u,
  /\b(?:work|works|finish|deadline|deadlines|desk|list|lists|tidy|order|hard|hours|project|task|tasks|draft|methodical|late|early|start)\b/u,
];

/** Shapes are few and sure: a larger number lets a small weight, cheap under the decay, say as much. */
const shapeValue = 2;

/** How many numbers `lexicalFeatures` gives. */
export const lexicalLength = cues.length + 3 + shapeCount;

/**
 * Numbers a sentence's form gives away: person, tense, negation, frequency, once-only time, cue words, shape.
 *
 * @param sentence in the first person (see `first-person.ts`), one line
 */
export function lexicalFeatures(sentence: string): Float32Array {
  const lower = sentence.toLowerCase();
  const words = lower.split(/\s+/u).length;
  const features = new Float32Array(lexicalLength);
  for (const [index, cue] of cues.entries()) features[index] = cue.test(lower) ? 1 : 0;
  features[cues.length] = Math.min(1, words / 40);
  features[cues.length + 1] = words <= 4 ? 1 : 0;
  features[cues.length + 2] = Math.min(1, (lower.match(/\bi\b|\bmy\b|\bme\b/gu) ?? []).length / 4);
  for (const shape of shapesOf(lower)) features[cues.length + 3 + shape] = shapeValue;
  return features;
}

/** What a bag-of-words model counts: words, neighbouring pairs, the first three words and the last, shapes. Numbers become one sign. */
export function wordTerms(sentence: string): string[] {
  const words =
    sentence
      .toLowerCase()
      .replace(/[’]/gu, "'")
      .replace(/\d+/gu, "0")
      .match(/[\p{L}0']+|[?!]/gu) ?? [];
  const terms = new Set<string>(words);
  for (let at = 1; at < words.length; at += 1) terms.add(`${words[at - 1] ?? ""} ${words[at] ?? ""}`);
  for (const length of [1, 2, 3]) terms.add(`^ ${words.slice(0, length).join(" ")}`);
  terms.add(`${words.at(-1) ?? ""} $`);
  for (const shape of shapesOf(sentence)) terms.add(`§${shape}`);
  return [...terms];
}
