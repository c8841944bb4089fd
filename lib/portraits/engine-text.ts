import { readTokens, replaceTokens, type Token } from "./tokens";

type Named = { tune: { id: number; title: string } };

/**
 * A text as engines get it: `{1}`, `{2}` … in the place of its people, flags gone, LoRAs as they stand. Where no token
 * names a person who is in it, the first is put before it.
 *
 * @param people in their order
 */
export function engineText(text: string, people: readonly Named[]): string {
  const read = readTokens(text);
  const named = replaceTokens(text, read, (token) => {
    if (token.kind === "lora") return null;
    const at = people.findIndex(({ tune }) => isMeant(token, tune));
    // a title may have been changed meanwhile: of one person there is no doubt
    const position = at === -1 && people.length === 1 ? 0 : at;
    return position === -1 ? "" : `{${position + 1}}`;
  });
  const isImplied = people.length > 0 && !read.tokens.some(({ kind }) => kind === "faceid");
  return isImplied ? `{1} ${named}`.trim() : named;
}

function isMeant({ ref }: Token, tune: Named["tune"]): boolean {
  return /^\d+$/.test(ref) ? Number(ref) === tune.id : ref.toLowerCase() === tune.title.toLowerCase();
}
