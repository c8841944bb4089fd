import { vectorDimensions } from "@/lib/models/vector";
import { measureRendering, printRendering } from "./bench-extract-render";
import { chunk as chunksOf } from "./chunk";
import { classifier } from "./classifier";
import { extractBuiltin } from "./extract-builtin";
import { componentOf, kinds, type SourceInfo } from "./grammar";
import { predict } from "./linear-model";
import { crossValidate } from "./training/cross-validate";
import type { Judged } from "./training/evaluate";
import { readExamples } from "./training/examples";
import { type Embedded, prepare, type Prepared } from "./training/fit";
import { documentFiles, foldNames, foldOf, otherFiles, pairFiles } from "./training/folds";
import { fitLogistic } from "./training/logistic";
import { report } from "./training/report";

/**
 * How good the built-in engine is on texts it has not seen: `npm run bench:extract [-- FOLD …]`.
 *
 * Leaves every fold out once (`training/folds.ts`: another hand and other registers), fits on the rest, calibrates
 * on the other folds, and prints by fold, by person and by register, beside an embedding-only logistic regression.
 * Named folds only: those alone are judged. Embeddings are kept in `node_modules/.cache`.
 */
async function bench(named: string[]): Promise<void> {
  const started = Date.now();
  const data = new URL("training/data/", import.meta.url);
  const files = [...documentFiles, ...pairFiles, ...otherFiles];
  const prepared = await prepare(files.flatMap((file) => readExamples(new URL(`${file}.jsonl`, data), file)));
  const folds = named.length > 0 ? named : foldNames;
  const baseline = folds.flatMap((fold) => embeddingOnly(prepared, fold));
  const { judgements, folds: fitted } = await crossValidate(prepared, folds, (fold) =>
    process.stderr.write(`${fold} `),
  );
  report(judgements, baseline);
  for (const { fold, weights } of fitted) {
    const own = documentFiles.filter((file) => foldOf({ file }) === fold);
    process.stdout.write(`\nrendering, fold ${fold}\n${printRendering(measureRendering(classifier(weights), own))}\n`);
  }
  process.stdout.write(`\n${await throughput(prepared)}\n`);
  process.stdout.write(`${Math.round((Date.now() - started) / 1000)} s\n`);
}

/** Source tokens a minute through the whole engine, one thread, on sentences of every file. */
async function throughput({ examples }: Prepared): Promise<string> {
  const texts = examples.filter(({ isRendering, isThirdPerson }) => !isRendering && !isThirdPerson);
  const text = texts
    .filter((_, index) => index % 20 === 0)
    .map((example) => example.text)
    .join(" ");
  const source: SourceInfo = {
    type: "document",
    perspective: "first-person",
    faceSpeaker: null,
    face: { username: "bench", name: null, aliases: [], pronouns: null },
  };
  const parts = chunksOf(text);
  const started = performance.now();
  for (const chunk of parts) await extractBuiltin({ text, chunk, source });
  const minutes = (performance.now() - started) / 60_000;
  const tokens = parts.reduce((sum, chunk) => sum + chunk.tokens, 0);
  return `${tokens} tokens, ${Math.round(tokens / minutes)} a minute with the weights in place, one thread`;
}

/** The plainest thing that could work: logistic regressions of the sentence's vector, one for detection and one for kinds. */
function embeddingOnly({ examples }: Prepared, fold: string): Judged[] {
  const row = ({ encoded }: Embedded): Float32Array => encoded.vector.map((value) => value * 10);
  const seen = examples.filter((example) => foldOf(example) !== fold && !example.isRendering);
  const statements = examples.filter(
    (example) => foldOf(example) !== fold && example.isStatement && example.predicate !== null,
  );
  const detect = fitLogistic(
    seen.map(row),
    seen.map(({ isStatement }) => (isStatement ? 1 : 0)),
    2,
    vectorDimensions,
    { epochs: 10, decay: 6e-3 },
  );
  const kind = fitLogistic(
    statements.map(row),
    statements.map(({ predicate }) => kinds.findIndex((known) => known.predicate === predicate)),
    kinds.length,
    vectorDimensions,
    { epochs: 6, decay: 5e-4 },
  );
  return examples
    .filter((example) => foldOf(example) === fold && !example.isRendering)
    .map((example) => {
      const p = predict(kind, row(example));
      const ranked = kinds
        .map(({ predicate }, index) => ({ component: componentOf(predicate), predicate, p: p[index] ?? 0 }))
        .sort((a, b) => b.p - a.p);
      return { example, p: predict(detect, row(example))[1] ?? 0, ranked, polarity: "pos" as const };
    });
}

await bench(process.argv.slice(2));
