/** Base form first, then what the suffix rules would not bring back to it. */
const families = `
arise arose arisen|bear bore borne|birth births born|beat beaten|become became|begin began begun|bend bent|bind bound|bite bit bitten|bleed bled
blow blew blown|break broke broken|breed bred|bring brought|build built|burn burnt|buy bought|catch caught|child children kid kids|choose chose chosen choice choices
cling clung|come came|creep crept|deal dealt|die died dying dies dead death deaths|dig dug|draw drew drawn|dream dreamt|drink drank drunk|drive drove driven
eat ate eaten|fall fell fallen|feed fed|feel felt|fight fought|find found|flee fled|fly flew flown|foot feet|forbid forbade forbidden
forget forgot forgotten|forgive forgave forgiven|freeze froze frozen|give gave given|go went gone goes|goose geese|grind ground|grow grew grown
hang hung|hear heard|hide hid hidden|hold held|keep kept|kneel knelt|know knew known|lay laid|lead led|lean leant|leap leapt|learn learnt
leave left|lend lent|lie lied lying|life lives|light lit|lose lost|make made|man men|mean meant|meet met|mouse mice|overcome overcame
pay paid|person people persons|prove proven|ride rode ridden|ring rang rung|rise rose risen|run ran|say said says|see saw seen|seek sought|sell sold
send sent|sew sewn|shake shook shaken|shine shone|shoot shot|show shown|shrink shrank shrunk|sing sang sung|sink sank sunk|sit sat
sleep slept|slide slid|smell smelt|speak spoke spoken spake|spell spelt|spend spent|spill spilt|spin spun|spit spat|stand stood|steal stole stolen
stick stuck|sting stung|strike struck|strive strove striven|swear swore sworn|sweep swept|swim swam swum|swing swung|take took taken|teach taught
tear tore torn|tell told|think thought thoughts|throw threw thrown|tie tied tying|tooth teeth|understand understood|undertake undertook undertaken
wake woke woken|wear wore worn|weave wove woven|weep wept|wife wives|win won|wind wound|withdraw withdrew withdrawn|woman women
write wrote written writ|good better best|bad worse worst|brother brethren|knife knives|leaf leaves|half halves|shelf shelves|self selves
belief beliefs believe believes believed believing|marry married marriage marriages marries
mother mothers mum mom|father fathers dad daddy`;

/**
 * Irregular English inflections, and a few nouns that a question swaps for their verb ("death" for "died"), mapped to
 * one base form.
 *
 * A form that is also a common word of its own ("felt", "left", "ground", "rose") is mapped all the same: in talk about
 * a life the verb is meant far more often.
 */
export const irregularForms: ReadonlyMap<string, string> = new Map(
  families
    .split(/[|\n]/)
    .map((family) => family.trim().split(" "))
    .flatMap(([base = "", ...forms]) => forms.map((form) => [form, base] as const)),
);
