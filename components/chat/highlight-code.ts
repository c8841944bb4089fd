export type CodePart = { kind: "plain" | "comment" | "string" | "number" | "keyword"; text: string };

const words = (list: string): ReadonlySet<string> => new Set(list.split(" "));

const common = words(
  "abstract as async await bool boolean break case catch char class const continue def default del do double elif else enum except export extends false final finally float fn for from func function go if impl implements import in int interface is lambda let long match module mut namespace new nil none not null or and package pass private protected pub public raise return self static string struct super switch this throw trait true try type typeof undefined union unsafe use using var void when where while with yield False None True",
);
const sql = words(
  "all alter and as asc between by case create delete desc distinct drop else end exists from full group having in index inner insert into is join key left like limit not null on or order outer primary returning right select set table then union unique update values view when where with",
);

const hashed = words(
  "python py ruby rb sh bash zsh shell yaml yml toml r perl make makefile dockerfile ini conf elixir",
);
const dashed = words("sql postgresql mysql lua haskell hs elm ada");
const none = words("text txt plain plaintext markdown md diff csv log");

/** Longer code is shown as it is: telling its parts apart is not worth a pause. */
const mostCharacters = 40_000;

/**
 * Code in parts that can be told apart: comments, strings, numbers, keywords. It knows no grammar; it is right about what
 * most languages have in common, and loses no character.
 */
export function highlightCode(code: string, language: string): CodePart[] {
  const name = language.toLowerCase();
  if (none.has(name) || code.length > mostCharacters) return [{ kind: "plain", text: code }];
  const keywords = dashed.has(name) && name.endsWith("sql") ? sql : common;
  const parts: CodePart[] = [];
  let end = 0;
  for (const match of code.matchAll(patternFor(name))) {
    const kind = kindOf(match, keywords);
    if (kind === "plain") continue;
    if (match.index > end) parts.push({ kind: "plain", text: code.slice(end, match.index) });
    parts.push({ kind, text: match[0] });
    end = match.index + match[0].length;
  }
  if (end < code.length) parts.push({ kind: "plain", text: code.slice(end) });
  return parts;
}

function patternFor(name: string): RegExp {
  const line = hashed.has(name) ? "#.*" : dashed.has(name) ? "--.*" : "\\/\\/.*";
  const block = "\\/\\*[^]*?(?:\\*\\/|$)|<!--[^]*?(?:-->|$)";
  const text = `"""[^]*?(?:"""|$)|"(?:\\\\.|[^"\\\\\\n])*"?|'(?:\\\\.|[^'\\\\\\n])*'|\`(?:\\\\.|[^\`\\\\])*\`?`;
  return new RegExp(
    `(?<comment>${line}|${block})|(?<string>${text})|(?<number>\\b\\d[\\w.]*)|(?<word>[A-Za-z_$][\\w$]*)`,
    "g",
  );
}

function kindOf({ groups }: RegExpMatchArray, keywords: ReadonlySet<string>): CodePart["kind"] {
  if (groups?.["comment"] !== undefined) return "comment";
  if (groups?.["string"] !== undefined) return "string";
  if (groups?.["number"] !== undefined) return "number";
  const word = groups?.["word"] ?? "";
  return keywords.has(word) || (keywords === sql && keywords.has(word.toLowerCase())) ? "keyword" : "plain";
}
