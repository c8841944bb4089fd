import type { CompileRate } from "@/lib/billing/charge-compile";
import { compileModel } from "@/lib/models/language-model";
import { builtinEngine } from "./builtin-engine";
import type { CompileEngine } from "./engine";
import { llmEngine } from "./llm-engine";

/** The engine that this installation compiles with: a language model where one is configured, else the built-in one. */
export function chooseEngine(): CompileEngine {
  const model = compileModel();
  return model === null ? builtinEngine : llmEngine(model);
}

/**
 * What a source token costs past the quota: the model's price for reading it and for writing one token about it.
 * The built-in engine costs nothing.
 */
export function compileRate(): CompileRate {
  const model = compileModel();
  if (model === null) return { model: "builtin", microUsdPerMillionTokens: 0n };
  return { model: model.id, microUsdPerMillionTokens: model.microUsdPerMillionTokens };
}
