import type { PortraitOrder } from "../engine";
import { withPeople } from "./order";

/** What goes along with a text, in the order in which it is sent. */
export type Enclosed = { hasInput: boolean; hasMask: boolean; /** photos of each person */ photos: readonly number[] };

/**
 * The text for a model that sees photos and takes any words: who is on which image, what is to be made, and that faces
 * stay what they are.
 */
export function instructionsFor(order: PortraitOrder, { hasInput, hasMask, photos }: Enclosed): string {
  let next = hasInput ? 2 : 1;
  const named = order.people.map(({ noun }, index) => {
    const first = next;
    next += photos[index] ?? 0;
    return `the ${noun ?? "person"} of ${span(first, next - 1)}`;
  });
  const wish = withPeople(order.text, named);
  const lines = [
    ...(hasInput ? [changeOf(hasMask)] : []),
    hasInput ? wish : `Make one new photo: ${wish}`,
    "Keep every face exactly as it is in the photos: the same features, age, skin and hair. No collage, no text.",
    ...(order.options.style === null ? [] : [`Style: ${order.options.style}.`]),
    ...(order.negativeText === "" ? [] : [`Avoid: ${order.negativeText}.`]),
  ];
  return lines.join("\n");
}

function changeOf(hasMask: boolean): string {
  const where = hasMask ? "Change only its masked part." : "Leave as it is whatever is not named.";
  return `Image 1 is the picture to change. ${where}`;
}

function span(first: number, last: number): string {
  return first >= last ? `image ${first}` : `images ${first} to ${last}`;
}
