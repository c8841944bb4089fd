import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { loadEncoder } from "@/lib/models/encoder";
import { classifier, type Weights } from "../classifier";
import { evaluate, type Figures } from "./evaluate";
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
  const encoder = await loadEncoder();
  const vectors = await encoder.encode(examples.map(({ sentence }) => sentence));
  return examples.map((example, index) => ({ ...example, vector: vectors[index] ?? new Float32Array(0) }));
}

function report(name: string, figures: Figures): void {
  const cells = Object.entries(figures).map(([key, value]) => `${key} ${key === "sentences" ? value : value.toFixed(3)}`);
  process.stdout.write(`${name.padEnd(12)} ${cells.join("  ")}\n`);
}

async function train(options: string[]): Promise<void> {
  const judged = options.filter((option) => !option.startsWith("--"));
  const leftOutFiles = options.includes("--all") ? [...documentFiles, ...sentenceFiles] : documentFiles;
  const data = new URL("data/", import.meta.url);
  const examples = await embed([...[...documentFiles, ...sentenceFiles].flatMap((file) => readExamples(new URL(`${file}.jsonl`, data), file)), ...readExamples(new URL("prototypes.jsonl", data), "prototypes")]);
  const leftOut: { p: number; isStatement: boolean }[] = [];
  const folds: { file: string; weights: Weights; held: Embedded[] }[] = [];
  for (const file of leftOutFiles) {
    const held = examples.filter((example) => example.file === file);
    const weights = fit(examples.filter((example) => example.file !== file), "fold");
    folds.push({ file, weights, held });
    if (!documentFiles.includes(file)) continue;
    const model = classifier(weights);
    for (const { sentence, vector, isStatement, isRendering } of held) if (!isRendering) leftOut.push({ p: model.detect(sentence, vector), isStatement });
  }
  const calibration = calibrate(leftOut);
  for (const { file, weights, held } of folds) report(`without ${file}`, evaluate({ ...weights, calibration }, held));
  const hash = createHash("sha256").update(JSON.stringify(examples.map(({ vector: _vector, ...example }) => example)));
  const weights: Weights = { ...fit(examples, hash.digest("hex").slice(0, 12)), calibration };
  for (const path of judged) report("judged on", evaluate(weights, await embed(readExamples(path, "judged"))));
  writeFileSync(new URL("../weights.json", import.meta.url), `${JSON.stringify(weights)}\n`);
  writeFileSync(new URL("../weights-version.json", import.meta.url), `${JSON.stringify({ version: weights.version })}\n`);
}

await train(process.argv.slice(2));
