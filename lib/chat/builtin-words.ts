import { stem } from "@/lib/retrieve/stem";
import { terms } from "@/lib/retrieve/tokenize";

/** Words of questions that name no topic: a text that shares only these with a question need not answer it. */
const weak = new Set(
  (
    "ability able advice ask answer bad believe belief best better big call care change consider day deal decision describe different enjoy explain " +
    "fact favorite favourite feel feeling find friend good great happen happy hard hate help hope idea important interest kind know learn life like little live " +
    "long love main matter mean mind moment name new nice old opinion ought people person place prefer prefer problem proud question reason remember short " +
    "sort spend start stop story strength strong talk teach thing think time today try turn type usual view weakness week word work world worst year young favour " +
    "lot bit much advice everything something anything somebody else general generally actually currently nowadays"
  )
    .split(" ")
    .map(stem),
);

/** Words that a question and its answer use for one another. Only for judging what was found, never for finding. */
const groups = [
  "mother mom mum mamma mama",
  "father dad papa daddy",
  "job profession occupation trade career employment employed",
  "wife spouse husband married marriage marry wed wedding",
  "kid child son daughter",
  "phone telephone",
  "fly flight plane airplane flown",
  "scared afraid fear frightened dread terrified terrify scare frighten worry",
  "food eat meal dinner diet dish cook breakfast",
  "religion religious god church faith deity providence christian christianity bible prayer",
  "vegetarian vegetable vegetables meat flesh animal",
  "school education educated study college university pupil lesson",
  "health healthy ill illness sick sickness disease",
  "money cash rich wealth wealthy debt shilling pound poor frugality saving",
  "music musical piano song instrument tune",
  "write writing writer prose composition pen",
  "argue argument dispute disputation quarrel disputatious contradict contradiction",
  "humble humility modest modesty pride proud vanity",
  "poem poet poetry verse shakespeare",
  "born birth birthplace native",
  "train railway",
  "die dead death",
  "house live lived residence",
  "enemy foe rival adversary",
  "truth lie honest honesty sincerity",
  "voyage journey travel trip",
  "habit routine regimen method",
  "city town",
  "decide decision choose choice",
  "patient patience impatient impatience",
  "happy happiness unhappy unhappiness",
  "tidy untidy order orderly",
  "sure certain uncertain doubt",
];
const groupOf = new Map(
  groups.flatMap((words, at) => words.split(" ").map((word): [string, string] => [stem(word), `~${at}`])),
);

/** The words of a text that carry a topic, each standing for its group. */
export function topics(text: string, dropped: ReadonlySet<string> = new Set()): Set<string> {
  return new Set(terms(text, dropped).map((term) => groupOf.get(term) ?? term));
}

/** Of a question's words those that name what it is about; all of them when none does. */
export function strongTopics(text: string, dropped: ReadonlySet<string>): Set<string> {
  const naming = namingTopics(text, dropped);
  return naming.size === 0 ? topics(text, dropped) : naming;
}

/** Of a question's words those that name what it is about. */
export function namingTopics(text: string, dropped: ReadonlySet<string>): Set<string> {
  const naming = terms(text, dropped).filter((term) => !weak.has(term));
  return new Set(naming.map((term) => groupOf.get(term) ?? term));
}
