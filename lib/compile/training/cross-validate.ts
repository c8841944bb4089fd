import { calibrated, type Classifier, classifier, type Weights } from "../classifier";
import { type Kind, type Polarity, type Predicate } from "../grammar";
import { render } from "../render";
import { embedCached } from "./embed-cached";
import { calibrate, type Embedded, fit, paragraphsOf, type Prepared } from "./fit";
import { textShape, type TextShape, usualShape } from "../text-shape";
import { grouped } from "./evaluate";
import { foldOf, judgesDetection } from "./folds";

/** What models that never saw the example's fold say of it. `p` is calibrated on the other folds. */
export type Judgement = {
  example: Embedded;
  fold: string;
  /** The mean of the models, before calibration. */
  raw: number;
  p: number;
  aboutFace: number | undefined;
  /** Of the document. */
  shape: TextShape;
  ranked: (Kind & { p: number })[];
  polarity: Polarity;
};
type Raw = Omit<Judgement, "p">;
export type Fold = { fold: string; weights: Weights };

/** Leaves every fold out once: fits on the rest, judges the fold's sentences as the engine would, then calibrates. */
export async function crossValidate(prepared: Prepared, folds: string[], done: (fold: string) => void = () => {}): Promise<{ judgements: Judgement[]; folds: Fold[] }> {
  const raws: Raw[] = [];
  const fitted: Fold[] = [];
  for (const fold of folds) {
    const weights = fit({ ...prepared, examples: prepared.examples.filter((example) => foldOf(example) !== fold) }, "fold", 1);
    fitted.push({ fold, weights });
    raws.push(...(await judge(classifier(weights), prepared.examples.filter((example) => foldOf(example) === fold), fold)));
    done(fold);
  }
  const judgements = folds.flatMap((fold) => {
    const { first, third } = calibrationOf(raws.filter((raw) => raw.fold !== fold));
    return raws
      .filter((raw) => raw.fold === fold)
      .map((row) => ({ ...row, p: calibrated(row.aboutFace === undefined ? first : third, row.raw, row.aboutFace, row.shape) }));
  });
  return { judgements, folds: fitted };
}

/** The calibration that fits what models say of folds they never saw: of documents, whose share of statements is a text's. */
export function calibrationOf(rows: Pick<Judgement, "example" | "aboutFace" | "shape" | "raw">[]): Weights["calibration"] {
  return calibrate(
    rows
      .filter(({ example }) => judgesDetection(example))
      .map(({ example, aboutFace, shape, raw }) => ({ p: raw, aboutFace, shape, isStatement: example.isStatement })),
  );
}

/** Judges sentences by two views: themselves and their rendered clause. The model's calibration is still neutral. */
export async function judge(model: Classifier, examples: Embedded[], fold: string): Promise<Raw[]> {
  const sentences = examples.filter(({ isRendering }) => !isRendering);
  const clauses = sentences.map(({ sentence }) => render(sentence, model.detectByWords).statement);
  const encoded = await embedCached(clauses);
  const about = aboutOf(model, sentences);
  const shapes = shapesOf(sentences);
  return sentences.map((example, index) => {
    const clause = clauses[index] ?? example.sentence;
    const views = [
      { sentence: example.sentence, encoded: example.encoded },
      { sentence: clause, encoded: encoded[index] ?? example.encoded },
    ];
    const predicate: Predicate = example.predicate ?? "is";
    return { example, fold, raw: model.detect(views), aboutFace: about.get(example), shape: shapes(example), ranked: model.rankKinds(views), polarity: model.polarity(clause, predicate) };
  });
}

function aboutOf(model: Classifier, sentences: Embedded[]): Map<Embedded, number> {
  const about = new Map<Embedded, number>();
  for (const rows of paragraphsOf(sentences)) {
    const face = rows[0]?.face;
    if (!face) continue;
    for (const [index, p] of model.aboutFace(rows.map(({ text }) => text), face).entries()) {
      const row = rows[index];
      if (row) about.set(row, p);
    }
  }
  return about;
}

/** The shape of each sentence's document; the pairs stand in none. */
export function shapesOf(sentences: Embedded[]): (example: Embedded) => TextShape {
  const keyOf = ({ file, document }: Embedded): string => `${file} ${document}`;
  const shapes = new Map([...grouped(sentences, keyOf)].map(([key, rows]) => [key, textShape(rows.map(({ text }) => text))]));
  return (example) => (judgesDetection(example) ? shapes.get(keyOf(example)) : undefined) ?? usualShape;
}
