import { env, type Env } from "@/lib/env";
import type { PortraitEngine } from "./engine";
import { aiSdkEngine } from "./engines/ai-sdk";
import { astriaEngine } from "./engines/astria";
import { comfyEngine } from "./engines/comfyui";
import { studioEngine } from "./studio-engine";

/** By the settings they were made of: each holds its connections. */
const made = new WeakMap<Env, readonly PortraitEngine[]>();

/**
 * What makes portraits on this installation: the studio, then what the settings name, in the order of
 * `portraitEngineIds`.
 *
 * @param settings the environment's, unless a test brings its own
 */
export function engines(settings: Env = env()): readonly PortraitEngine[] {
  const known = made.get(settings);
  if (known !== undefined) return known;
  const models = settings.PORTRAIT_MODELS.map((entry) => aiSdkEngine(entry, settings));
  const all = [studioEngine, ...astria(settings), ...comfyUi(settings), ...models];
  made.set(settings, all);
  return all;
}

/** The engine of that name, whatever its capitals; null where it is not configured (any more). */
export function engineOf(id: string, settings: Env = env()): PortraitEngine | null {
  return engines(settings).find((engine) => engine.id.toLowerCase() === id.trim().toLowerCase()) ?? null;
}

function astria(settings: Env): PortraitEngine[] {
  const { ASTRIA_API_KEY: apiKey, ASTRIA_USD_PER_IMAGE: usdPerImage } = settings;
  if (apiKey === undefined || usdPerImage === undefined) return [];
  const { ASTRIA_BASE_URL: baseUrl, ASTRIA_BASE_TUNE_ID: baseTuneId } = settings;
  return [astriaEngine({ apiKey, baseUrl, baseTuneId, usdPerImage, timeoutMs: timeoutMs(settings) })];
}

function comfyUi(settings: Env): PortraitEngine[] {
  const { COMFYUI_URL: url, COMFYUI_WORKFLOW: workflow } = settings;
  if (url === undefined || workflow === undefined) return [];
  return [
    comfyEngine({
      url,
      apiKey: settings.COMFYUI_API_KEY ?? null,
      workflow,
      editWorkflow: settings.COMFYUI_EDIT_WORKFLOW ?? null,
      usdPerImage: settings.COMFYUI_USD_PER_IMAGE,
      timeoutMs: timeoutMs(settings),
    }),
  ];
}

function timeoutMs({ UPSTREAM_TIMEOUT_SECONDS: seconds }: Env): number {
  return seconds * 1000;
}
