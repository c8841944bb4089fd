import type { Judgement } from "./cross-validate";
import { type Figures, figuresOf, grouped, type Judged } from "./evaluate";
import { judgesDetection } from "./folds";

/** Prints figures by file, by person, over all and by register; the plain baseline under each where there is one. */
export function report(judgements: Judgement[], baseline: Judged[] = []): void {
  process.stdout.write(`\n${header}\n`);
  for (const [file, rows] of grouped(judgements, ({ example }) => example.file)) {
    line(file, rows, judgesDetection({ file }));
    line("  embedding only", baseline.filter(({ example }) => example.file === file), judgesDetection({ file }));
  }
  const documents = judgements.filter(({ example }) => judgesDetection(example));
  const plainest = baseline.filter(({ example }) => judgesDetection(example));
  for (const [name, isThird] of [["first person", false], ["third person", true]] as const) {
    line(name, documents.filter(({ example }) => example.isThirdPerson === isThird));
    line("  embedding only", plainest.filter(({ example }) => example.isThirdPerson === isThird));
  }
  line("all documents", documents);
  line("all statements", judgements, false);
  const registers = grouped(documents, ({ example }) => family(example.register));
  for (const [register, rows] of [...registers].sort(([a], [b]) => a.localeCompare(b))) line(register, rows);
  aboutLine(documents);
}

const header = "                     n/true    P     R     F1 ±       comp  pred  top3  both  pol   ECE   P≥.9 (n)";

function line(name: string, rows: Judged[], withDetection = true): void {
  if (rows.length === 0) return;
  const f: Figures = figuresOf(rows);
  const cell = (value: number): string => value.toFixed(3).replace(/^0/u, "");
  const detection = withDetection
    ? `${cell(f.precision)}  ${cell(f.recall)}  ${cell(f.f1)} ${cell(f.f1Margin)}`
    : " ".repeat(20);
  const sureness = withDetection ? `${cell(f.ece)}  ${cell(f.sure)} (${f.sureCount})` : "";
  process.stdout.write(
    `${name.slice(0, 20).padEnd(20)} ${`${f.sentences}/${f.statements}`.padEnd(9)} ${detection}  ${cell(f.component)}  ${cell(f.predicate)}  ${cell(f.topThree)}  ${withDetection ? cell(f.rightInBoth) : "    "}  ${cell(f.polarity)}  ${sureness}\n`,
  );
}

/** Registers under the word that sorts them best. */
function family(register: string): string {
  const families: [string, RegExp][] = [
    ["old manner", /c\. 1|manner|victorian|antiquary|hagiograph|parish chronicle/iu],
    ["chat and forum", /chat|thread|forum|support/iu],
    [
      "spoken",
      /interview|podcast|oral|voice|talk|speech|sermon|testimony|session|consult|toast|intake|recovery|conversation|panel/iu,
    ],
    ["letters", /letter|e-?mail|memo\b/iu],
    ["diaries and logs", /diary|journal|log\b|notes|notebook|list|dream/iu],
    ["portraits", /profile|obituary|eulogy|biograph|life story|encyclop|fan page|portrait/iu],
    ["reports", /report|reference|review|minutes|feedback|recommendation|assessment|case/iu],
    ["memoir and fiction", /memoir|novel|fiction|scene|essay|chronicle|history|memory|narrative/iu],
  ];
  return families.find(([, words]) => words.test(register))?.[0] ?? "other";
}

function aboutLine(rows: Judgement[]): void {
  const marked = rows.filter(({ aboutFace, example }) => aboutFace !== undefined && example.about !== "none");
  const right = marked.filter(({ aboutFace = 0, example }) => aboutFace >= 0.5 === (example.about === "face")).length;
  const credited = marked.filter(({ aboutFace = 0 }) => aboutFace >= 0.5);
  const rightly = credited.filter(({ example }) => example.about === "face").length;
  const face = marked.filter(({ example }) => example.about === "face").length;
  process.stdout.write(
    `about the face: right in ${right} of ${marked.length}; credited P ${(rightly / Math.max(1, credited.length)).toFixed(3)} R ${(rightly / Math.max(1, face)).toFixed(3)}\n`,
  );
}
