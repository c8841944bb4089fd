/** Base form first, then words that are made of it and that the suffix rules keep apart. */
const families = `
argue argument arguments argumentation argumentative|dispute disputes disputed disputing disputation disputations disputatious|quarrel quarrels quarrelled quarreled quarrelling quarreling quarrelsome
decide decision decisions decisive|advise advised advising advice advices|succeed success successes successful successfully|fail failure failures
lose loss losses|grow growth|weigh weight weights|strong strength strengths|long length|high height heights|deep depth|wide width|poor poverty
free freedom|wise wisdom|true truth truths truthful|young youth youths|proud pride|vain vanity|humble humility|honest honesty|cruel cruelty|modest modesty
angry anger|hungry hunger|thirsty thirst|guilty guilt|noisy noise|lucky luck|healthy health|wealthy wealth|lazy laziness|afraid fear fears feared fearful fearing frightened frightening frightens fright scared scary scares
ill illness illnesses|sick sickness|able ability abilities|see sight sights|know knowledge|behave behaviour behavior|arrive arrival|refuse refusal|depart departure
religion religious religions|science scientific scientist scientists sciences|music musical musician musicians|politics political politician politicians
philosophy philosophical philosopher philosophers|history historical historian historians|poem poetry poet poets poems poetic|child childhood boyhood girlhood childish
teach teacher teachers|speak speaker speakers speech speeches|write writer writers|read reader readers|swim swimmer swimmers|smoke smoker smokers
bake baker bakers bakery|paint painter painters|print printer printers|sing singer singers song songs|dance dancer dancers|run runner runners|drink drinker drinkers
work worker workers workman workmen|farm farmer farmers|hunt hunter hunters|play player players|travel traveller traveler travellers|lie liar liars|own owner owners
climb climber climbers|employ employer employee employers employees|invent inventor inventors invention inventions|collect collector collectors collection collections
observe observer observers observation observations|discover discovery discoveries|explain explanation explanations|suspect suspicion suspicions|permit permission
describe description descriptions|receive receipt reception|destroy destruction|divide division|intend intention intentions intent|pretend pretence pretense
compete competition competitor|repeat repetition|apply application applications|publish publication publications publisher|punish punishment|obey obedience
please pleasure pleasures pleasant|laugh laughter|marry marital|friend friendship friendly friendships|neighbour neighbourhood neighborhood neighbors|enemy enemies enmity
born birth birthday births|bury burial|sell sale sales|choose choosy|remember remembrance|forget forgetful|hate hatred|suffer sufferings|beautiful beauty|famous fame
danger dangerous dangers|mystery mysterious|nation national|person personal personally|nature natural naturally|die fatal`;

const comparable = `bad big bold brave bright calm cheap clean clear clever close cold cool dark dear deep dirty dry dull early easy fair fast fat fine firm fond funny
great happy hard harsh healthy heavy high honest hot humble kind large late lazy light long loud low mild near new nice noble odd old
plain poor proud pure quick quiet rare rich rough sad safe shallow sharp short shy sick silly simple slow small smart soft sore strange strict strong sure
sweet tall thick thin tight tough ugly warm weak wealthy wet wide wild wise young`;

/** Words made of others, by derivation or comparison, mapped to what they are made of: "argument" is found by "argue". */
export const wordFamilies: ReadonlyMap<string, string> = new Map([
  ...families
    .split(/[|\n]/)
    .map((family) => family.trim().split(" "))
    .flatMap(([base = "", ...words]) => words.map((word) => [word, base] as const)),
  ...comparable.split(/\s+/).flatMap((base) => ["er", "est"].map((ending) => [compared(base, ending), base] as const)),
]);

function compared(base: string, ending: string): string {
  if (base.endsWith("e")) return base + ending.slice(1);
  if (/[^aeiou]y$/.test(base)) return `${base.slice(0, -1)}i${ending}`;
  return /^[^aeiou]+[aeiou][bdgnt]$/.test(base) ? base + base.slice(-1) + ending : base + ending;
}
