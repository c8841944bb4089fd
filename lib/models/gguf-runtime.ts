import { availableParallelism } from "node:os";
import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";
import { TurnQueue } from "./turn-queue";

const packageName = "node-llama-cpp";
/** The version that this was written for and tried with. */
export const ggufRuntimeVersion = "3.22.1";

/** Who waits behind the one whose turn it is; more are refused rather than kept waiting for minutes. */
const longestQueue = 8;

/** One message as the runtime's chat templates take it (its `ChatHistoryItem`). */
export type GgufMessage =
  | { type: "system"; text: string }
  | { type: "user"; text: string }
  | { type: "model"; response: (string | GgufFunctionCall)[] };

export type GgufFunctionCall = { type: "functionCall"; name: string; params: unknown; result: unknown };

export type GgufFunctions = Record<string, { description?: string; params?: unknown }>;

export type GgufChunk = {
  type?: "segment" | undefined;
  segmentType?: string | undefined;
  text: string;
  tokens: unknown[];
};

export type GgufOptions = {
  maxTokens: number;
  temperature: number;
  topP?: number;
  topK?: number;
  minP?: number;
  seed: number;
  repeatPenalty?: { frequencyPenalty?: number; presencePenalty?: number; penalty?: number };
  customStopTriggers?: string[];
  grammar?: unknown;
  functions?: GgufFunctions;
  signal: AbortSignal;
  onResponseChunk: (chunk: GgufChunk) => void;
};

export type GgufResponse = {
  functionCalls?: { functionName: string; params: unknown }[] | undefined;
  metadata: { stopReason: string };
};

type Tokenizer = unknown;
type ChatOfRuntime = {
  chatWrapper: {
    generateContextState(of: { chatHistory: GgufMessage[]; availableFunctions?: GgufFunctions }): {
      contextText: { tokenize(tokenizer: Tokenizer): unknown[] };
    };
  };
  generateResponse(history: GgufMessage[], options: GgufOptions): Promise<GgufResponse>;
};
/** `tokenMeter` counts what was ever generated, function calls and thoughts included. */
type Sequence = { tokenMeter: { usedOutputTokens: number } };
type Llama = {
  loadModel(options: { modelPath: string }): Promise<{
    tokenizer: Tokenizer;
    trainContextSize: number;
    createContext(options: { contextSize: number; sequences: 1; threads: number }): Promise<{
      contextSize: number;
      getSequence(): Sequence;
    }>;
  }>;
  createGrammarForJsonSchema(schema: unknown): Promise<unknown>;
  getGrammarFor(type: "json"): Promise<unknown>;
};

/** The part of the runtime that is used (its `dist/index.d.ts`, 3.22.1). */
export type GgufRuntime = {
  getLlama(options: {
    build: "never";
    skipDownload: true;
    progressLogs: false;
    logLevel: "error";
    maxThreads: number;
  }): Promise<Llama>;
  LlamaChat: new (options: { contextSequence: Sequence }) => ChatOfRuntime;
};

/** A model that is loaded, and the line before it. */
export type GgufModel = {
  chat: ChatOfRuntime;
  sequence: Sequence;
  tokenizer: Tokenizer;
  llama: Llama;
  contextTokens: number;
  turns: TurnQueue;
};

// on globalThis because Next bundles this module more than once, and a model must be in memory once
const held = globalThis as { facesGguf?: Map<string, Promise<GgufModel>> };

/**
 * The model of that file, loaded at its first use and kept.
 *
 * Loading and answering happen in threads of the runtime, never on the event loop; one core is left for everything else.
 *
 * @param contextTokens how long a conversation may get
 * @param load the runtime, which is no dependency; tests bring their own
 * @throws {AppError} `unavailable` it is not installed, or the file cannot be loaded: what to do about it
 */
export function openGguf(
  path: string,
  contextTokens: number,
  load: () => Promise<GgufRuntime> = loadRuntime,
): Promise<GgufModel> {
  held.facesGguf ??= new Map();
  const models = held.facesGguf;
  const key = `${contextTokens} ${path}`;
  const known = models.get(key);
  if (known !== undefined) return known;
  const opened = load().then((runtime) => loadModel(runtime, path, contextTokens));
  models.set(key, opened);
  // the next call tries again
  opened.catch(() => models.delete(key));
  return opened;
}

async function loadModel(runtime: GgufRuntime, path: string, contextTokens: number): Promise<GgufModel> {
  const threads = Math.max(1, availableParallelism() - 1);
  const startedAt = performance.now();
  try {
    const llama = await runtime.getLlama({
      build: "never",
      skipDownload: true,
      progressLogs: false,
      logLevel: "error",
      maxThreads: threads,
    });
    const model = await llama.loadModel({ modelPath: path });
    const contextSize = Math.min(contextTokens, model.trainContextSize);
    const context = await model.createContext({ contextSize, sequences: 1, threads });
    const sequence = context.getSequence();
    const chat = new runtime.LlamaChat({ contextSequence: sequence });
    log.info("the model of MODEL_PATH is loaded", { path, ms: Math.round(performance.now() - startedAt), threads });
    const turns = new TurnQueue(longestQueue);
    return { chat, sequence, llama, turns, tokenizer: model.tokenizer, contextTokens: context.contextSize };
  } catch (cause) {
    log.error("the model of MODEL_PATH could not be loaded", { path, cause });
    throw unavailable(`The model at MODEL_PATH could not be loaded: ${reasonOf(cause)}`, cause);
  }
}

/** What the runtime's errors mean for whoever runs the installation. Its classes do not set their names. */
function reasonOf(cause: unknown): string {
  const { kind, message } =
    cause instanceof Error ? { kind: cause.constructor.name, message: cause.message } : { kind: "", message: "" };
  if (kind === "InsufficientMemoryError" || /memory|vram/i.test(message))
    return "there is not enough memory for it. Take a smaller model, or set MODEL_CONTEXT_TOKENS lower.";
  if (kind === "NoBinaryFoundError")
    return `${packageName} has no prebuilt binary that runs on this machine. Run the model in a server (llama-server, Ollama) and name that in MODEL_SERVERS.`;
  return "it has to be a language model in GGUF that llama.cpp knows. The log says more.";
}

async function loadRuntime(): Promise<GgufRuntime> {
  try {
    // not a dependency: a variable name keeps bundlers from looking for it
    const name: string = packageName;
    return (await import(/* webpackIgnore: true */ /* turbopackIgnore: true */ name)) as GgufRuntime;
  } catch (cause) {
    const sentence = `MODEL_PATH is set, but the runtime for it is not installed. Run \`npm install --no-save ${packageName}@${ggufRuntimeVersion}\` in the installation's folder and start it again.`;
    throw unavailable(sentence, cause);
  }
}

function unavailable(sentence: string, cause: unknown): AppError {
  return new AppError("unavailable", sentence, { cause });
}
