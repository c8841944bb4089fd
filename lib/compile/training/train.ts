import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { type Classifier, classifier, type Weights } from "../classifier";
import { render } from "../render";
import { embedCached } from "./embed-cached";
import { evaluate, type Figures, type Judged } from "./evaluate";
import { type Example, readExamples } from "./examples";
import { calibrate, type Embedded, fit } from "./fit";

/**
 * Trains the built-in engine: `npm run train:extract [-- --all] [-- more-labelled.jsonl …]`.
 *
 * Every file of whole documents, and every third of the plain ones, is left out once, to measure and to
 * calibrate; `--all` measures the pairs too, and kinds and polarity, which takes longer. Then one model is
 * fitted on everything. Further files are only judged on.
 * The same data give the same weights file, byte for byte.
 */
const documentFiles = [..."ABCDE"];
const sentenceFiles = [..."GHIJKL"];
const plainThirds = ["plain 0", "plain 1", "plain 2"];

/** What is left out together: a file, or a third of the plain documents (all by one hand). */
function foldOf({ file, document }: Example): string {
  return file === "plain" ? `plain ${Number(document.slice(1)) % 3}` : file;
}

async function embed(examples: Example[]): Promise<Embedded[]> {
  const vectors = await embedCached(examples.map(({ sentence }) => sentence));
  return examples.map((example, index) => ({ ...example, vector: vectors[index] ?? new Float32Array(0) }));
}

const ofKinds = new Set(["component", "predicate", "topThree", "polarity"]);

function report(name: string, figures: Figures, withKinds = true): void {
  const shown = Object.entries(figures).filter(([key]) => withKinds || !ofKinds.has(key));
  const cells = shown.map(([key, value]) => `${key} ${key === "sentences" ? value : value.toFixed(3)}`);
  process.stdout.write(`${name.padEnd(16)} ${cells.join("  ")}\n`);
}

/** What the engine would see of the sentences: each with its rendered clause. */
async function judgedBy(model: Classifier, examples: Embedded[]): Promise<Judged[]> {
  const sentences = examples.filter(({ isRendering }) => !isRendering);
  const clauses = sentences.map(({ sentence }) => render(sentence, model.detectByWords).statement);
  const vectors = await embedCached(clauses);
  return sentences.map((example, index) => ({
    example,
    views: [example, { sentence: clauses[index] ?? "", vector: vectors[index] ?? example.vector }],
  }));
}

async function train(options: string[]): Promise<void> {
  const further = options.filter((option) => !option.startsWith("--"));
  const calibrating = [...documentFiles, ...plainThirds];
  const leftOut = options.includes("--all") ? [...calibrating, ...sentenceFiles] : calibrating;
  const data = new URL("data/", import.meta.url);
  const files = [...documentFiles, ...sentenceFiles, "prototypes", "plain"];
  const examples = await embed(files.flatMap((file) => readExamples(new URL(`${file}.jsonl`, data), file)));
  const folds: { fold: string; weights: Weights; judged: Judged[] }[] = [];
  const withKinds = options.includes("--all");
  for (const fold of leftOut) {
    const weights = fit(examples.filter((example) => foldOf(example) !== fold), "fold", withKinds);
    folds.push({ fold, weights, judged: await judgedBy(classifier(weights), examples.filter((example) => foldOf(example) === fold)) });
  }
  const calibration = calibrate(
    folds
      .filter(({ fold }) => calibrating.includes(fold))
      .flatMap(({ weights, judged }) => {
        const model = classifier(weights);
        return judged.map(({ example, views }) => ({ p: model.detect(views), isStatement: example.isStatement }));
      }),
  );
  for (const { fold, weights, judged } of folds) report(`without ${fold}`, evaluate(classifier({ ...weights, calibration }), judged), withKinds);
  const fitted: Weights = { ...fit(examples, ""), calibration };
  const weights: Weights = { ...fitted, version: createHash("sha256").update(JSON.stringify(fitted)).digest("hex").slice(0, 12) };
  const model = classifier(weights);
  for (const path of further) report("judged on", evaluate(model, await judgedBy(model, await embed(readExamples(path, "judged")))));
  writeFileSync(new URL("../weights.json", import.meta.url), `${JSON.stringify(weights)}\n`);
  writeFileSync(new URL("../weights-version.json", import.meta.url), `${JSON.stringify({ version: weights.version })}\n`);
}

await train(process.argv.slice(2));
