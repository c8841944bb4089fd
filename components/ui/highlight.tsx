/** A text with every occurrence of a word made bold, whatever its case. */
export function Highlight({ text, query }: { text: string; query: string }) {
  const wanted = query.trim();
  if (wanted === "") return text;
  const parts = text.split(new RegExp(`(${wanted.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")})`, "gi"));
  return parts.map((part, index) =>
    index % 2 === 1 ? (
      <mark key={index} data-match>
        {part}
      </mark>
    ) : (
      part
    ),
  );
}
