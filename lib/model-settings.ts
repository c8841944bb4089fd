import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { z } from "zod";
import { jsonSetting } from "./json-setting";

const usdPerMillion = z.number().nonnegative().max(100_000);
const tokens = z.int().min(1).max(100_000_000);

/** A server that speaks OpenAI's wire: Ollama, llama-server, vLLM, LM Studio, a gateway. */
export const ModelServer = z.strictObject({
  name: z.string().regex(/^[a-z0-9-]+$/, "may hold a-z, 0-9 and dashes"),
  /** with the version, as in http://127.0.0.1:11434/v1 */
  base_url: z.url({ protocol: /^https?$/ }),
  api_key: z.string().optional(),
  /** left out, the server is asked what it has (`GET {base_url}/models`), now and then again */
  models: z.array(z.string().min(1)).min(1).optional(),
  /** USD per million tokens; 0 when left out, since it is your own machine. */
  input_usd_per_million: usdPerMillion.default(0),
  output_usd_per_million: usdPerMillion.default(0),
  /** of its models, where it does not tell itself */
  context_tokens: tokens.optional(),
  max_output_tokens: tokens.optional(),
});
export type ModelServer = z.infer<typeof ModelServer>;

const ModelServers = z.array(ModelServer).check((context) => {
  const names = context.value.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice === undefined) return;
  context.issues.push({ code: "custom", message: `names two servers ${twice}`, input: context.value });
});

/** MODEL_SERVERS: a list as JSON. */
export const modelServers = jsonSetting("[]", "is not JSON").pipe(ModelServers);

/**
 * What an operator says of one model: another price or limit, that it is not served (`hidden`), or, with `provider`,
 * a model that Faces does not know yet. What is left out stays as it is.
 */
export const CatalogueEntry = z
  .strictObject({
    provider: z.enum(["openai", "anthropic", "fireworks"]).optional(),
    hidden: z.boolean().optional(),
    context_tokens: tokens.optional(),
    max_output_tokens: tokens.optional(),
    input_usd_per_million: usdPerMillion.optional(),
    output_usd_per_million: usdPerMillion.optional(),
    cached_input_usd_per_million: usdPerMillion.optional(),
    cache_write_usd_per_million: usdPerMillion.optional(),
    cache_write_long_usd_per_million: usdPerMillion.optional(),
  })
  .refine((entry) => entry.provider === undefined || entry.input_usd_per_million !== undefined, {
    message: "a model of a provider needs a price: nobody would be charged otherwise",
    path: ["input_usd_per_million"],
  })
  .refine((entry) => entry.provider === undefined || entry.output_usd_per_million !== undefined, {
    message: "a model of a provider needs a price: nobody would be charged otherwise",
    path: ["output_usd_per_million"],
  });
export type CatalogueEntry = z.infer<typeof CatalogueEntry>;

const Catalogue = z.record(z.string().min(1), CatalogueEntry);

/** MODEL_CATALOGUE: a file of entries by the models' names, read once. */
export const modelCatalogue = z
  .string()
  .trim()
  .default("")
  .transform((path, context) => {
    if (path === "") return {};
    try {
      return JSON.parse(readFileSync(path, "utf8")) as unknown;
    } catch (error) {
      const why = error instanceof SyntaxError ? "is not JSON" : "cannot be read";
      context.addIssue({ code: "custom", message: `${resolve(path)} ${why} (${String(error)})` });
      return z.NEVER;
    }
  })
  .pipe(Catalogue);

/** MODEL_PATH: a language model to run in this process. */
export const modelPath = z
  .string()
  .trim()
  .transform((path) => (path === "" ? undefined : path))
  .optional()
  .refine((path) => path === undefined || (path.endsWith(".gguf") && existsSync(path)), {
    error: ({ input }) => `has to name a .gguf file, and ${resolve(String(input))} is none`,
  });
