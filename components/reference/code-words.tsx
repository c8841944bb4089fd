/** A sentence of the document: what stands between backticks is code. */
export function CodeWords({ text }: { text: string }) {
  return text.split(/`([^`]+)`/u).map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : part));
}
