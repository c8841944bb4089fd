import { env, type Env } from "@/lib/env";
import type { PortraitEngine } from "./engine";
import { studioEngine } from "./studio-engine";

/** What is there without any setting. */
const builtIn: readonly PortraitEngine[] = [studioEngine];

const made = new WeakMap<Env, readonly PortraitEngine[]>();

/**
 * What makes portraits on this installation: the studio, then what the settings name, in their order.
 *
 * @param settings the environment's, unless a test brings its own
 */
export function engines(settings: Env = env()): readonly PortraitEngine[] {
  const known = made.get(settings);
  if (known !== undefined) return known;
  const all = [...builtIn];
  made.set(settings, all);
  return all;
}

/** The engine of that name, whatever its capitals; null where it is not configured (any more). */
export function engineOf(id: string, settings: Env = env()): PortraitEngine | null {
  return engines(settings).find((engine) => engine.id.toLowerCase() === id.trim().toLowerCase()) ?? null;
}
