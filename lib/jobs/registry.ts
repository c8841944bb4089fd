import { removeAccount } from "@/lib/accounts/remove-account.job";
import { measureFace } from "@/lib/compile/fidelity.job";
import { syncFace } from "@/lib/compile/sync-face.job";
import { transcribeDocument } from "@/lib/documents/transcribe-document.job";
import { redactTraces } from "@/lib/faces/redact-traces.job";
import { releaseFile } from "@/lib/faces/release-file.job";
import { deliverCallback } from "@/lib/portraits/callback.job";
import { inspectPhotos } from "@/lib/portraits/inspect-photos.job";
import { makePortraits } from "@/lib/portraits/make-portraits.job";
import { tidyOrder } from "@/lib/portraits/make-tidy.job";
import type { AnyJob } from "./define-job";

/** Every job that a worker runs. One that is missing here stays queued. */
export const registry: readonly AnyJob[] = [
  syncFace,
  transcribeDocument,
  measureFace,
  releaseFile,
  redactTraces,
  removeAccount,
  makePortraits,
  tidyOrder,
  inspectPhotos,
  deliverCallback,
];
