import { portraitCost } from "@/lib/billing/charge-portraits";
import { usdFromMicroUsd } from "@/lib/billing/money";
import { env } from "@/lib/env";
import { engineOf, engines } from "./engines";
import { defaultSize } from "./order-size";
import type { PortraitEngine, TableKind } from "./engine";
import type { EngineView } from "./portrait-schemas";

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
      table: tableOf(engine),
      cost_usd_per_image: usdFromMicroUsd(portraitCost(engine.costMicroUsd({ count: 1, ...defaultSize }))),
    };
  });
}

function tableOf({ table }: PortraitEngine): EngineView["table"] {
  if (table === undefined) return null;
  const of = (kind: TableKind) => table[kind].map(({ id, name, words }) => ({ id, name, words: [...words] }));
  return {
    ...{ scenes: of("scenes"), framings: of("framings"), lights: of("lights") },
    ...{ palettes: of("palettes"), styles: of("styles") },
  };
}
