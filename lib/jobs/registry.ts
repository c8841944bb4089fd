import { syncFace } from "@/lib/compile/sync-face.job";
import type { AnyJob } from "./define-job";

/** Every job that a worker runs. One that is missing here stays queued. */
export const registry: readonly AnyJob[] = [syncFace];
