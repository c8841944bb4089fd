import type { Ctx } from "@/lib/auth/context";
import { usdFromMicroUsd } from "@/lib/billing/money";
import { env } from "@/lib/env";
import { requireReadableFace } from "@/lib/faces/require-face";
import type { UploadLimits } from "./schemas";
import { speechModel } from "./transcribe-model";

const megabyte = 1024 * 1024;

/** What this installation takes, to be told before somebody records or uploads for nothing. @throws {NotFoundError} */
export async function readUploadLimits(ctx: Ctx, face: string): Promise<UploadLimits> {
  await requireReadableFace(ctx, face);
  const { MAX_UPLOAD_MB, MAX_MEDIA_MB } = env();
  const model = speechModel();
  return {
    max_text_bytes: MAX_UPLOAD_MB * megabyte,
    max_recording_bytes: MAX_MEDIA_MB * megabyte,
    transcription:
      model === null ? null : { model: model.name, usd_per_minute: usdFromMicroUsd(model.costMicroUsd(60)) },
  };
}
