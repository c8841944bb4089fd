import type { GgufChunk, GgufMessage, GgufOptions, GgufResponse, GgufRuntime } from "./gguf-runtime";

/** What a fake model says, a word per turn of the event loop, and what it was asked. */
export type FakeGguf = {
  load: () => Promise<GgufRuntime>;
  loads: { getLlama: unknown[]; loadModel: unknown[]; createContext: unknown[]; grammars: unknown[] };
  calls: { history: GgufMessage[]; options: GgufOptions }[];
  /** how many answers are under way, now and at most */
  running: { now: number; most: number };
  /** what the next answers are made of */
  words: string[];
  functionCalls: { functionName: string; params: unknown }[];
  failure: Error | null;
};

/**
 * The part of node-llama-cpp that is used, as it behaves: `generateResponse` calls back while it generates, counts in
 * the sequence's meter, stops at `maxTokens`, and throws the signal's reason when it is aborted.
 */
export function fakeGguf(): FakeGguf {
  const fake: FakeGguf = {
    load: () => Promise.resolve(runtime),
    loads: { getLlama: [], loadModel: [], createContext: [], grammars: [] },
    calls: [],
    running: { now: 0, most: 0 },
    words: ["I", " fire", " it", " at", " night."],
    functionCalls: [],
    failure: null,
  };
  const runtime: GgufRuntime = {
    getLlama(options) {
      fake.loads.getLlama.push(options);
      return Promise.resolve({
        loadModel(file) {
          fake.loads.loadModel.push(file);
          if (file.modelPath.includes("broken")) return Promise.reject(new Error("unknown model architecture"));
          return Promise.resolve({
            tokenizer: "words",
            trainContextSize: 2048,
            createContext(size: { contextSize: number }) {
              fake.loads.createContext.push(size);
              return Promise.resolve({
                contextSize: size.contextSize,
                getSequence: () => ({ tokenMeter: { usedOutputTokens: 0 } }),
              });
            },
          });
        },
        createGrammarForJsonSchema(schema) {
          fake.loads.grammars.push(schema);
          return Promise.resolve({ schema });
        },
        getGrammarFor: (type) => Promise.resolve({ type }),
      });
    },
    LlamaChat: class {
      readonly chatWrapper = {
        generateContextState: ({ chatHistory }: { chatHistory: GgufMessage[] }) => ({
          contextText: { tokenize: () => JSON.stringify(chatHistory).split(" ") },
        }),
      };
      readonly #meter: { usedOutputTokens: number };

      constructor({ contextSequence }: { contextSequence: { tokenMeter: { usedOutputTokens: number } } }) {
        this.#meter = contextSequence.tokenMeter;
      }

      async generateResponse(history: GgufMessage[], options: GgufOptions): Promise<GgufResponse> {
        fake.calls.push({ history, options });
        fake.running.now += 1;
        fake.running.most = Math.max(fake.running.most, fake.running.now);
        try {
          return await this.#generate(options);
        } finally {
          fake.running.now -= 1;
        }
      }

      async #generate({ signal, maxTokens, onResponseChunk }: GgufOptions): Promise<GgufResponse> {
        for (const [index, word] of fake.words.entries()) {
          await new Promise((resolve) => setImmediate(resolve));
          signal.throwIfAborted();
          if (index >= maxTokens) return { metadata: { stopReason: "maxTokens" } };
          if (fake.failure !== null && index === 2) throw fake.failure;
          this.#meter.usedOutputTokens += 1;
          onResponseChunk(toChunk(word));
        }
        const functionCalls = fake.functionCalls.length === 0 ? undefined : fake.functionCalls;
        return { functionCalls, metadata: { stopReason: functionCalls ? "functionCalls" : "eogToken" } };
      }
    },
  };
  return fake;
}

/** `<think>` before a word makes it a thought, as the runtime's chat wrappers tell them apart. */
function toChunk(word: string): GgufChunk {
  const thought = /^<think>(.*)$/s.exec(word)?.[1];
  if (thought !== undefined) return { type: "segment", segmentType: "thought", text: thought, tokens: [1] };
  return { type: undefined, segmentType: undefined, text: word, tokens: [1] };
}
