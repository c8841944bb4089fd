import { InvalidInputError } from "@/lib/errors";

/** What stands between two faces: both, what both say, the left without the right, what exactly one says. */
export const operators = ["|", "&", "-", "^"] as const;
export type Operator = (typeof operators)[number];

/** A parsed formula; `ref` is a username or an id, `at` where it stands (0 is the first character). */
export type Formula =
  { kind: "face"; ref: string; at: number } | { kind: "operation"; operator: Operator; left: Formula; right: Formula };

/** As it is typed; ids make what is stored longer. */
export const maxFormulaCharacters = 1_000;
export const maxOperands = 16;
const maxDepth = 32;

/** Where a formula goes wrong: from this character on (0 is the first), so many of them; none at its end. */
export class FormulaError extends InvalidInputError {
  constructor(
    message: string,
    readonly at: number,
    readonly length: number,
  ) {
    super(message, "formula");
  }
}

const name = /^(?:[a-z0-9-]{1,32}|face_[0-9a-z]{26})$/u;

type Token = { text: string; at: number };

/**
 * Reads a formula: `expression := term { ("|" | "-" | "^") term }`, `term := factor { "&" factor }`,
 * `factor := face | "(" expression ")"`. Equal operators go from left to right.
 *
 * Tokens are parentheses and whatever stands between spaces: usernames may hold dashes, so only its place tells
 * whether a `-` by itself is an operator.
 *
 * @throws {FormulaError} saying what is wrong, and at which character (from 1)
 */
export function parseFormula(text: string): Formula {
  const parser = new Parser(text);
  const formula = parser.expression(0);
  parser.end();
  if (operandsOf(formula).length > maxOperands) {
    throw new FormulaError(`A formula may name at most ${maxOperands} faces.`, 0, text.length);
  }
  return formula;
}

/** Every face that a formula names, from left to right, as often as it stands there. */
export function operandsOf(formula: Formula): Extract<Formula, { kind: "face" }>[] {
  return formula.kind === "face" ? [formula] : [...operandsOf(formula.left), ...operandsOf(formula.right)];
}

/**
 * The same formula with its faces under other names; parentheses and spaces stay as they were typed.
 *
 * @throws {InvalidInputError} as `parseFormula`
 */
export function withNames(text: string, nameOf: (ref: string) => string): string {
  let written = "";
  let end = 0;
  for (const { ref, at } of operandsOf(parseFormula(text))) {
    written += text.slice(end, at) + nameOf(ref);
    end = at + ref.length;
  }
  return written + text.slice(end);
}

class Parser {
  readonly #tokens: Token[];
  #next = 0;

  constructor(readonly text: string) {
    this.#tokens = [...text.matchAll(/[()]|[^\s()]+/gu)].map((match) => ({ text: match[0], at: match.index }));
  }

  expression(depth: number): Formula {
    let left = this.#term(depth);
    for (let operator = this.#take("|", "-", "^"); operator !== null; operator = this.#take("|", "-", "^")) {
      left = { kind: "operation", operator, left, right: this.#term(depth) };
    }
    return left;
  }

  #term(depth: number): Formula {
    let left = this.#factor(depth);
    while (this.#take("&") !== null) left = { kind: "operation", operator: "&", left, right: this.#factor(depth) };
    return left;
  }

  #factor(depth: number): Formula {
    const token = this.#tokens[this.#next];
    if (token === undefined) throw this.#wrong("A face is missing");
    if (token.text === ")") throw this.#wrong("A face is missing before )", token);
    if (token.text === "(") {
      if (depth >= maxDepth) throw this.#wrong(`Parentheses stand more than ${maxDepth} deep`, token);
      this.#next += 1;
      const inner = this.expression(depth + 1);
      if (this.#tokens[this.#next]?.text !== ")") throw this.#wrong("A ) is missing", this.#tokens[this.#next]);
      this.#next += 1;
      return inner;
    }
    if (!name.test(token.text)) throw this.#notAName(token);
    this.#next += 1;
    return { kind: "face", ref: token.text, at: token.at };
  }

  /** @throws {FormulaError} something stands behind the formula */
  end(): void {
    const token = this.#tokens[this.#next];
    if (token === undefined) return;
    if (token.text === ")") throw this.#wrong("There is a ) too many", token);
    if (/[|&^]/u.test(token.text)) throw this.#notAName(token);
    throw this.#wrong(`An operator (| & - ^) is missing before ${shown(token)}`, token);
  }

  #take<O extends Operator>(...wanted: O[]): O | null {
    const text = this.#tokens[this.#next]?.text;
    const operator = wanted.find((each) => each === text);
    if (operator === undefined) return null;
    this.#next += 1;
    return operator;
  }

  #notAName(token: Token): FormulaError {
    if (/^[|&^]$/u.test(token.text)) return this.#wrong(`A face is missing before ${token.text}`, token);
    if (/[|&^]/u.test(token.text))
      return this.#wrong(`Operators stand between spaces, unlike in ${shown(token)}`, token);
    return this.#wrong(`${shown(token)} is no username`, token);
  }

  #wrong(what: string, token?: Token): FormulaError {
    const place = token === undefined ? "at its end" : `at character ${token.at + 1}`;
    const sentence = `The formula cannot be read: ${what}, ${place}.`;
    return new FormulaError(sentence, token?.at ?? this.text.length, token?.text.length ?? 0);
  }
}

const shownCharacters = 40;

function shown({ text }: Token): string {
  return text.length <= shownCharacters ? text : `${text.slice(0, shownCharacters)}…`;
}
