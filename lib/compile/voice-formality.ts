import type { SpokenTurn } from "./voice-words";

const formal = new Set(["NOUN", "PROPN", "ADJ", "ADP", "DET"]);
const deictic = new Set(["PRON", "VERB", "AUX", "ADV", "INTJ"]);
/** More says nothing new, and a book of talk should not take minutes. */
const mostWords = 20_000;

/**
 * How formal somebody speaks: the F-score of Heylighen and Dewaele (1999), from the shares of word classes. Talk among
 * friends is about 40, a newspaper about 65.
 *
 * @returns null without a word; `n` is the words that were looked at
 */
export async function formality(turns: SpokenTurn[]): Promise<{ value: number; n: number } | null> {
  const nlp = await (loading ??= loadTagger());
  let [n, sum] = [0, 0];
  for (const { text } of turns) {
    if (n >= mostWords) break;
    for (const tag of nlp.readDoc(text).tokens().out(nlp.its.pos) as string[]) {
      if (tag === "PUNCT" || tag === "SPACE" || tag === "SYM" || tag === "X") continue;
      n += 1;
      if (formal.has(tag)) sum += 1;
      else if (deictic.has(tag)) sum -= 1;
    }
  }
  return n === 0 ? null : { value: Math.round(((sum / n) * 100 + 100) * 5) / 10, n };
}

let loading: ReturnType<typeof loadTagger> | undefined;

/** Loaded once, when the first voice is measured: each load of the model doubles a table that it shares. */
async function loadTagger() {
  const [{ default: winkNLP }, { default: model }] = await Promise.all([
    import("wink-nlp"),
    import("wink-eng-lite-web-model"),
  ]);
  return winkNLP(model, ["sbd", "pos"]);
}
