import type { FaceIndex } from "./face-index";
import { toPrimitiveItem } from "./retrieved-item";
import type { RetrievedItem } from "./schemas";
import { strength } from "./strength";

const perComponent = 3;
const maxPinned = 12;
const maxTokens = 480;

/**
 * The primitives that belong into every prompt: those the owner pinned, then the surest of each component. It depends
 * on the face's version alone, so that the prompt's beginning stays the same from question to question.
 */
export function coreItems(index: FaceIndex): RetrievedItem[] {
  const active = index.primitives
    .map((primitive, order) => ({ primitive, at: index.spans.length + order }))
    .filter(({ primitive }) => primitive.state === "active" || (primitive.isPinned && primitive.state !== "disabled"))
    .sort((a, b) => strength(b.primitive) - strength(a.primitive) || (a.primitive.id < b.primitive.id ? -1 : 1));
  const pinned = active.filter(({ primitive }) => primitive.isPinned).slice(0, maxPinned);
  const rest = active.filter(({ primitive }) => !primitive.isPinned);
  const byComponent = ["alpha", "beta", "delta", "epsilon"].map((component) =>
    rest.filter(({ primitive }) => primitive.component === component).slice(0, perComponent),
  );
  // in turns, so that no component is left out when the tokens run out
  const strongest = Array.from({ length: perComponent }, (_each, turn) =>
    byComponent.flatMap((own) => own[turn] ?? []),
  ).flat();
  const core: RetrievedItem[] = [];
  let tokens = 0;
  for (const { primitive, at } of [...pinned, ...strongest]) {
    const statementTokens = index.entries[at]?.tokens ?? 0;
    if (tokens + statementTokens > maxTokens) continue;
    tokens += statementTokens;
    const score = Math.round(strength(primitive) * 100) / 100;
    core.push({ ...toPrimitiveItem(index, { at, score }), tokens: statementTokens, isPinned: primitive.isPinned });
  }
  return core;
}
