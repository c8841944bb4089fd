import { runTask } from "@/lib/compute/pool";
import type { CompileEngine } from "./engine";
import trained from "./weights-version.json";

const timeoutMs = 120_000;
/** Raised when rules around the weights change what is read in a text. */
const rulesVersion = 3;

/** The engine that needs no language model: a sentence classifier and rules, in a worker thread. */
export const builtinEngine: CompileEngine = {
  id: "builtin",
  version: `${rulesVersion}.${trained.version}`,
  extract: (input, signal) => runTask("extractBuiltin", input, { timeoutMs, ...(signal ? { signal } : {}) }),
};
