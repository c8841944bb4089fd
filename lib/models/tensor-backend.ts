import * as tf from "@tensorflow/tfjs-core";
import { setThreadsCount, setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import { wasmFolder } from "./encoder-files";

let starting: Promise<void> | undefined;

/**
 * Readies tfjs' WebAssembly kernels in the calling thread, once. One thread: the same input gives the same bytes.
 *
 * @throws {Error} this runtime has no WebAssembly
 */
export function startTensors(): Promise<void> {
  starting ??= start().catch((error: unknown) => {
    starting = undefined;
    throw error;
  });
  return starting;
}

async function start(): Promise<void> {
  setWasmPaths(wasmFolder());
  setThreadsCount(1);
  const isReady = await withoutNewListeners(() => tf.setBackend("wasm"));
  if (!isReady) throw new Error("The models need WebAssembly, which this runtime does not offer.");
}

/**
 * The wasm module hangs handlers on the process that turn any unhandled rejection into a crash with its
 * whole source in the log; how a process treats its errors is not a model's business.
 */
async function withoutNewListeners(load: () => Promise<boolean>): Promise<boolean> {
  const events = ["uncaughtException", "unhandledRejection"] as const;
  const before = new Set(events.flatMap((event) => process.rawListeners(event)));
  const isReady = await load();
  for (const event of events) {
    for (const listener of process.rawListeners(event)) {
      if (!before.has(listener)) process.removeListener(event, listener as () => void);
    }
  }
  return isReady;
}
