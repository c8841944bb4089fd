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

/** What compiling costs past the quota, by the engine's model. The built-in engine costs nothing. */
export function compileRate(): CompileRate {
  const model = compileModel();
  return model === null
    ? { model: "builtin", price: { input: 0, output: 0 } }
    : { model: model.id, price: model.served.price };
}
