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
 * Every file of whole documents is left out once, to measure and to calibrate (`--all`: the others too,
 * to measure); then one model is fitted on everything. Further files are only judged on.
 * The same data give the same weights file, byte for byte.
 */
const documentFiles = [..."ABCDE"];
const sentenceFiles = [..."GHIJKL"];

async function embed(examples: Example[]): Promise<Embedded[]> {
  const vectors = await embedCached(examples.map(({ sentence }) => sentence));
  return examples.map((example, index) => ({ ...example, vector: vectors[index] ?? new Float32Array(0) }));
}

function report(name: string, figures: Figures): void {
  const cells = Object.entries(figures).map(([key, value]) => `${key} ${key === "sentences" ? value : value.toFixed(3)}`);
  process.stdout.write(`${name.padEnd(12)} ${cells.join("  ")}\n`);
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
  const leftOutFiles = options.includes("--all") ? [...documentFiles, ...sentenceFiles] : documentFiles;
  const data = new URL("data/", import.meta.url);
  const lettered = [...documentFiles, ...sentenceFiles].flatMap((file) => readExamples(new URL(`${file}.jsonl`, data), file));
  const examples = await embed([...lettered, ...readExamples(new URL("prototypes.jsonl", data), "prototypes")]);
  const folds: { file: string; weights: Weights; judged: Judged[] }[] = [];
  for (const file of leftOutFiles) {
    const weights = fit(examples.filter((example) => example.file !== file), "fold");
    folds.push({ file, weights, judged: await judgedBy(classifier(weights), examples.filter((example) => example.file === file)) });
  }
  const calibration = calibrate(
    folds
      .filter(({ file }) => documentFiles.includes(file))
      .flatMap(({ weights, judged }) => {
        const model = classifier(weights);
        return judged.map(({ example, views }) => ({ p: model.detect(views), isStatement: example.isStatement }));
      }),
  );
  for (const { file, weights, judged } of folds) report(`without ${file}`, evaluate(classifier({ ...weights, calibration }), judged));
  const fitted: Weights = { ...fit(examples, ""), calibration };
  const weights: Weights = { ...fitted, version: createHash("sha256").update(JSON.stringify(fitted)).digest("hex").slice(0, 12) };
  const model = classifier(weights);
  for (const path of further) report("judged on", evaluate(model, await judgedBy(model, await embed(readExamples(path, "judged")))));
  writeFileSync(new URL("../weights.json", import.meta.url), `${JSON.stringify(weights)}\n`);
  writeFileSync(new URL("../weights-version.json", import.meta.url), `${JSON.stringify({ version: weights.version })}\n`);
}

await train(process.argv.slice(2));
