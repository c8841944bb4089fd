import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { calibrated, classifier, type Weights } from "../classifier";
import { calibrationOf, crossValidate, judge } from "./cross-validate";
import { figuresOf } from "./evaluate";
import { readExamples } from "./examples";
import { fit, neutral, prepare } from "./fit";
import { documentFiles, foldNames, otherFiles, pairFiles } from "./folds";
import { report } from "./report";

/**
 * Trains the built-in engine: `npm run train:extract [-- more-labelled.jsonl …]`.
 *
 * Every fold (`folds.ts`) is left out once, to calibrate and to report; then one model is fitted on everything. Further
 * files are only judged on. The same data give the same weights file, byte for byte.
 */
async function train(further: string[]): Promise<void> {
  const data = new URL("data/", import.meta.url);
  const files = [...documentFiles, ...pairFiles, ...otherFiles];
  const prepared = await prepare(files.flatMap((file) => readExamples(new URL(`${file}.jsonl`, data), file)));
  const validated = await crossValidate(prepared, foldNames, (fold) => process.stderr.write(`${fold} `));
  report(validated.judgements);
  const fitted: Weights = { ...fit(prepared, ""), calibration: calibrationOf(validated.judgements) };
  const weights: Weights = { ...fitted, version: createHash("sha256").update(JSON.stringify(fitted)).digest("hex").slice(0, 12) };
  for (const path of further) {
    const { examples } = await prepare(readExamples(path, "judged"));
    const rows = (await judge(classifier(uncalibrated(weights)), examples, "judged")).map((row) => ({ ...row, p: calibrated(row.aboutFace === undefined ? weights.calibration.first : weights.calibration.third, row.raw, row.aboutFace, row.shape) }));
    process.stdout.write(`${path} ${JSON.stringify(figuresOf(rows))}\n`);
  }
  writeFileSync(new URL("../weights.json", import.meta.url), `${JSON.stringify(weights)}\n`);
  writeFileSync(new URL("../weights-version.json", import.meta.url), `${JSON.stringify({ version: weights.version })}\n`);
}

function uncalibrated(weights: Weights): Weights {
  return { ...weights, calibration: { first: neutral, third: neutral } };
}

await train(process.argv.slice(2));
