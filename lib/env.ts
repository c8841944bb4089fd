import { z } from "zod";
import { modelCatalogue, modelPath, modelServers } from "./model-settings";
import { editWorkflowFile, imageProviders, portraitModels, workflowFile } from "./portrait-settings";
import { rateLimitSettings, trustedProxies } from "./request-settings";

const optionalText = z
  .string()
  .trim()
  .transform((value) => (value === "" ? undefined : value))
  .optional();

const adminAddresses = z
  .string()
  .transform((value) =>
    value
      .toLowerCase()
      .split(/[\s,]+/)
      .filter(Boolean),
  )
  .refine(
    (all) => all.every((one) => /^0x[0-9a-f]{40}$|^[^@]+@[^@]+$/.test(one)),
    "must be wallet addresses or e-mail addresses, with commas between them",
  )
  .default([]);

const flag = z.enum(["true", "false"]).transform((value) => value === "true");

/** The secret key travels with every request: in the clear it may go to this machine at most. */
function isSafeOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, pathname, search } = new URL(text);
  const isLocal = ["127.0.0.1", "localhost", "[::1]"].includes(hostname);
  return pathname === "/" && search === "" && (protocol === "https:" || (protocol === "http:" && isLocal));
}

const usdPerImage = z.coerce.number().nonnegative().max(100);

/** Every setting of the installation, in the order of `.env.example`. */
export const EnvSchema = z.object({
  PORT: z.coerce.number().int().min(1).max(65535).default(3000),
  HOST: z.string().default("127.0.0.1"),
  PUBLIC_URL: optionalText.pipe(z.url().optional()),
  TRUST_PROXY: trustedProxies,
  FACES_DATA_DIR: optionalText,
  FACES_SECRET: optionalText.pipe(z.string().min(32).optional()),
  DATABASE_URL: optionalText,
  LOG_LEVEL: z.enum(["debug", "info", "warn", "error"]).default("info"),
  DEFAULT_PLAN: z.enum(["free", "standard", "pro"]).default("free"),
  ADMIN_ADDRESSES: adminAddresses,
  RATE_LIMITS: rateLimitSettings,
  DEFAULT_MODEL: optionalText,
  COMPILE_MODEL: optionalText,
  OPENAI_API_KEY: optionalText,
  OPENAI_BASE_URL: z.url().default("https://api.openai.com/v1"),
  ANTHROPIC_API_KEY: optionalText,
  ANTHROPIC_BASE_URL: z.url().default("https://api.anthropic.com/v1"),
  FIREWORKS_API_KEY: optionalText,
  FIREWORKS_BASE_URL: z.url().default("https://api.fireworks.ai/inference/v1"),
  MODEL_SERVERS: modelServers,
  MODEL_PATH: modelPath,
  MODEL_CONTEXT_TOKENS: z.coerce.number().int().min(256).max(1_000_000).default(8192),
  MODEL_CATALOGUE: modelCatalogue,
  MARKUP_PERCENT: z.coerce.number().min(0).max(1000).default(0),
  MAX_UPLOAD_MB: z.coerce.number().int().min(1).max(2000).default(25),
  MAX_MEDIA_MB: z.coerce.number().int().min(1).max(20_000).default(500),
  STORAGE_URL: optionalText.pipe(
    z.url({ protocol: /^s3$/, error: "must look like s3://bucket/prefix?endpoint=https://…&region=…" }).optional(),
  ),
  STORAGE_ACCESS_KEY_ID: optionalText,
  STORAGE_SECRET_ACCESS_KEY: optionalText,
  TRANSCRIBE_BASE_URL: optionalText.pipe(z.url().optional()),
  TRANSCRIBE_API_KEY: optionalText,
  TRANSCRIBE_MODEL: z.string().default("whisper-1"),
  TRANSCRIBE_USD_PER_MINUTE: z.coerce.number().nonnegative().max(100).default(0.006),
  WHISPER_MODEL_PATH: optionalText,
  PORTRAIT_ENGINE: z.string().trim().default("studio"),
  PORTRAIT_MODELS: portraitModels,
  GOOGLE_API_KEY: optionalText,
  GOOGLE_BASE_URL: z.url().default("https://generativelanguage.googleapis.com/v1beta"),
  FAL_API_KEY: optionalText,
  FAL_BASE_URL: z.url().default("https://queue.fal.run"),
  REPLICATE_API_KEY: optionalText,
  REPLICATE_BASE_URL: z.url().default("https://api.replicate.com/v1"),
  ASTRIA_API_KEY: optionalText,
  ASTRIA_BASE_URL: z.url().default("https://api.astria.ai"),
  ASTRIA_BASE_TUNE_ID: z.coerce.number().int().positive().default(690204),
  ASTRIA_USD_PER_IMAGE: usdPerImage.optional(),
  COMFYUI_URL: optionalText.pipe(z.url({ protocol: /^https?$/ }).optional()),
  COMFYUI_API_KEY: optionalText,
  COMFYUI_WORKFLOW: workflowFile,
  COMFYUI_EDIT_WORKFLOW: editWorkflowFile,
  COMFYUI_USD_PER_IMAGE: usdPerImage.default(0),
  UPSTREAM_TIMEOUT_SECONDS: z.coerce.number().int().min(1).max(3600).default(300),
  TRACE_RETENTION_DAYS: z.coerce.number().int().min(0).max(36_500).default(30),
  WALLET_RPC_URL: optionalText.pipe(z.url().optional()),
  STRIPE_SECRET_KEY: optionalText,
  STRIPE_WEBHOOK_SECRET: optionalText,
  STRIPE_PRICE_STANDARD: optionalText,
  STRIPE_PRICE_PRO: optionalText,
  STRIPE_API_BASE: z
    .url()
    .default("https://api.stripe.com")
    .refine(isSafeOrigin, "must be https://host without a path (http:// only for this machine)"),
  SAMPLE_FACE: flag.default(true),
});
export type Env = z.infer<typeof EnvSchema>;

/** With the key alone payments would be taken and never heard of. */
const ConsistentEnv = EnvSchema.refine(
  (set) => (set.STRIPE_SECRET_KEY === undefined) === (set.STRIPE_WEBHOOK_SECRET === undefined),
  { path: ["STRIPE_WEBHOOK_SECRET"], message: "STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET belong together" },
)
  .refine((set) => set.ASTRIA_API_KEY === undefined || set.ASTRIA_USD_PER_IMAGE !== undefined, {
    path: ["ASTRIA_USD_PER_IMAGE"],
    message: "say what an image costs you at Astria; nobody is charged at 0",
  })
  .refine((set) => (set.COMFYUI_URL === undefined) === (set.COMFYUI_WORKFLOW === undefined), {
    path: ["COMFYUI_WORKFLOW"],
    message: "COMFYUI_URL and COMFYUI_WORKFLOW belong together",
  })
  .check(({ value, issues }) => {
    for (const { id } of value.PORTRAIT_MODELS) {
      const missing = missingFor(id, value);
      if (missing !== null) issues.push({ code: "custom", path: ["PORTRAIT_MODELS"], message: missing, input: id });
    }
    const { PORTRAIT_ENGINE: chosen } = value;
    if (!portraitEngineIds(value).some((id) => id.toLowerCase() === chosen.toLowerCase())) {
      const message = `${chosen} is not configured; there is ${portraitEngineIds(value).join(", ")}`;
      issues.push({ code: "custom", path: ["PORTRAIT_ENGINE"], message, input: chosen });
    }
  });

/** What makes portraits by the settings, as orders name it; the built-in studio is always there and comes first. */
export function portraitEngineIds(settings: Env): string[] {
  return [
    "studio",
    ...(settings.ASTRIA_API_KEY === undefined ? [] : ["astria"]),
    ...(settings.COMFYUI_URL === undefined ? [] : ["comfyui"]),
    ...settings.PORTRAIT_MODELS.map(({ id }) => id),
  ];
}

/** Why a portrait model cannot be reached; null when it can. */
function missingFor(id: string, settings: Env): string | null {
  const [first = ""] = id.split("/");
  const provider = imageProviders.find((name) => name === first);
  if (provider !== undefined) {
    const keys = {
      openai: settings.OPENAI_API_KEY,
      google: settings.GOOGLE_API_KEY,
      fal: settings.FAL_API_KEY,
      replicate: settings.REPLICATE_API_KEY,
    };
    return keys[provider] === undefined ? `${id} needs ${provider.toUpperCase()}_API_KEY` : null;
  }
  if (settings.MODEL_SERVERS.some(({ name }) => name === first)) return null;
  return `${id}: ${first} is none of ${imageProviders.join(", ")} and none of MODEL_SERVERS`;
}

let parsed: Env | undefined;

/**
 * The installation's settings, read once. The only reader of `process.env`.
 *
 * @throws {Error} naming every setting that is wrong, in one line each
 */
export function env(): Env {
  parsed ??= parseEnv(process.env);
  return parsed;
}

/** Reads settings from any map of strings; empty strings count as unset. */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const present = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ""));
  const result = ConsistentEnv.safeParse(present);
  if (result.success) return result.data;
  const lines = result.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
  throw new Error(`Settings that cannot be used:\n${lines.join("\n")}`);
}

/** Where browsers reach this installation; sign-in messages are bound to its host. */
export function publicUrl(): URL {
  const { PUBLIC_URL, HOST, PORT } = env();
  const isLocal = ["127.0.0.1", "::1", "0.0.0.0", "::"].includes(HOST);
  return new URL(PUBLIC_URL ?? `http://${isLocal ? "localhost" : HOST}:${PORT}`);
}

/**
 * The secret that signs sessions and hashes keys.
 *
 * @throws {Error} the launcher sets it; a process started without it must not invent its own
 */
export function installationSecret(): string {
  const secret = env().FACES_SECRET;
  if (secret === undefined) {
    throw new Error("FACES_SECRET is not set: start with `npm start`, or set it to 32 or more random characters.");
  }
  return secret;
}
