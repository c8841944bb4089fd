import { z } from "zod";
import { settleTranscription } from "@/lib/billing/charge-transcription";
import { usdFromMicroUsd } from "@/lib/billing/money";
import { release } from "@/lib/billing/reservations";
import type { Ctx } from "@/lib/auth/context";
import { transaction } from "@/lib/db/transaction";
import { AppError } from "@/lib/errors";
import { requireFace } from "@/lib/faces/require-face";
import { holdFor } from "./hold-transcription";
import { inspectRecording } from "./media-process";
import { readUpload } from "./read-upload";
import { transcribeFile } from "./transcribe-file";
import { speechModel } from "./transcribe-model";

/** `POST …/transcribe`. Times are seconds. */
export const TranscriptView = z.object({
  text: z.string(),
  language: z.string().nullable(),
  duration_seconds: z.number(),
  utterances: z.array(
    z.object({ start: z.number(), end: z.number(), speaker: z.string().nullable(), text: z.string() }),
  ),
  cost_usd: z.number(),
});
export type TranscriptView = z.infer<typeof TranscriptView>;

/**
 * Transcribes an uploaded recording and stores nothing of it. Charged to credit, for the whole of it or not at all.
 *
 * @throws {NotFoundError} the face
 * @throws {AppError} `unsupported_type` no recording; `too_large`; `unreadable`; `insufficient_credits`,
 *   `budget_exceeded`, `account_frozen`; `upstream_failed`; `unavailable` no speech model
 */
export async function transcribeUpload(ctx: Ctx, face: string, request: Request): Promise<TranscriptView> {
  const { id: faceId } = await requireFace(ctx, face);
  const model = speechModel();
  if (model === null) {
    const settings = "Set TRANSCRIBE_BASE_URL, OPENAI_API_KEY or WHISPER_MODEL_PATH";
    throw new AppError("unavailable", `No speech model is configured on this installation. ${settings} to use this.`);
  }
  const upload = await readUpload(request);
  try {
    const { file, fileName } = upload;
    if (file.kind !== "media") {
      throw new AppError("unsupported_type", `${fileName} is no recording. Send audio or video.`, { param: "file" });
    }
    const info = await inspectRecording(file.path, fileName, ctx.signal);
    const { credential, accountId } = ctx.actor;
    const payer = { accountId, apiKeyId: credential.kind === "key" ? credential.keyId : null };
    const costMicroUsd = model.costMicroUsd(info.seconds);
    const reservationId = await holdFor(ctx.db, payer, costMicroUsd);
    try {
      const { text, language, seconds, utterances } = await transcribeFile(model, { ...file, info }, ctx.signal);
      const reference = `transcription:${ctx.requestId}`;
      const work = { ...payer, faceId, documentId: null, model: model.name, reference, costMicroUsd, reservationId };
      await transaction(ctx.db, (tx) => settleTranscription(tx, work));
      return { text, language, duration_seconds: seconds, utterances, cost_usd: usdFromMicroUsd(costMicroUsd) };
    } catch (error) {
      if (reservationId !== null) await release(ctx.db, reservationId);
      throw error;
    }
  } finally {
    await upload.dispose();
  }
}
