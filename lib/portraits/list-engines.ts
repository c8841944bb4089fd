import { portraitCost } from "@/lib/billing/charge-portraits";
import { usdFromMicroUsd } from "@/lib/billing/money";
import { env } from "@/lib/env";
import { engineOf, engines } from "./engines";
import { defaultSize } from "./order-size";
import type { EngineView, TableLine } from "./portrait-schemas";

/** What makes portraits on this installation, the built-in studio first. */
export function listEngines(): EngineView[] {
  const usual = engineOf(env().PORTRAIT_ENGINE)?.id;
  return engines().map((engine) => {
    const { text, inputImage, mask, people, seed } = engine.capabilities;
    return {
      id: engine.id,
      name: engine.name,
      is_default: engine.id === usual,
      capabilities: { text, input_image: inputImage, mask, people, seed },
      table: engine.table ? { scenes: linesOf(engine.table.scenes), styles: linesOf(engine.table.styles) } : null,
      cost_usd_per_image: usdFromMicroUsd(portraitCost(engine.costMicroUsd({ count: 1, ...defaultSize }))),
    };
  });
}

const linesOf = (lines: readonly { name: string; words: readonly string[] }[]): TableLine[] =>
  lines.map(({ name, words }) => ({ name, words: [...words] }));
