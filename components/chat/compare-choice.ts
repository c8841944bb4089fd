/** A side of a comparison: who, and through which model; "" is the face's default. */
export type Side = { face: string; model: string };

/** `charles@gpt-4o-mini`, as a model is named everywhere. */
export const sideText = ({ face, model }: Side): string => (model ? `${face}@${model}` : face);

/** Split at the first `@`: model ids may hold others. @returns null when it names no face */
export function readSide(text: string): Side | null {
  const at = text.indexOf("@");
  const face = at < 0 ? text : text.slice(0, at);
  return face === "" ? null : { face, model: at < 0 ? "" : text.slice(at + 1) };
}

/** The address of a comparison: it says who is compared, and what they are asked. */
export function comparePath({ a, b, question }: { a: Side | null; b: Side | null; question: string }): string {
  const params = new URLSearchParams();
  if (a) params.set("a", sideText(a));
  if (b) params.set("b", sideText(b));
  if (question) params.set("ask", question);
  const query = params.toString();
  return query ? `/chat/compare?${query}` : "/chat/compare";
}

/** From a conversation: its face and model on one side, the other to be chosen. A long question is not for an address. */
export const compareHref = (face: string, model: string, question: string): string =>
  comparePath({ a: { face, model }, b: null, question: question.length <= mostQuestion ? question : "" });

const mostQuestion = 1_000;
