/** Cells of the tables of this page: digits under digits, the first column from the left. */
export const headCell =
  "border-b border-line py-2 pl-4 text-right text-1 font-text whitespace-nowrap text-ink-3 first:pl-0 first:text-left";
export const bodyCell = "border-b border-line py-2 pl-4 text-right whitespace-nowrap first:pl-0 first:text-left";
/** Columns of words. */
export const headWords =
  "border-b border-line py-2 pl-4 text-left text-1 font-text whitespace-nowrap text-ink-3 first:pl-0";
export const bodyWords = "border-b border-line py-2 pl-4 text-left first:pl-0";
/** What a phone has no room for: what it must know stands in another column there. */
export const wideOnly = "hidden mid:table-cell";
export const firstOnPhones = "pl-0 mid:pl-4";
/** The column that takes what room there is. */
export const whatCell = `${firstOnPhones} w-full max-w-0 [overflow-wrap:anywhere] mid:truncate`;
