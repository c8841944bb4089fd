import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { z } from "zod";
import { prolongHold, settleTranscription, type TranscriptionPayer } from "@/lib/billing/charge-transcription";
import { release } from "@/lib/billing/reservations";
import { runTask } from "@/lib/compute/pool";
import type { Prisma } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { lockFace } from "@/lib/faces/require-face";
import { defineJob, type JobContext } from "@/lib/jobs/define-job";
import { PermanentJobError } from "@/lib/jobs/job-errors";
import { store } from "@/lib/storage/store";
import { requireText } from "./extract-text";
import { holdFor } from "./hold-transcription";
import { inspectRecording } from "./media-process";
import { type Transcript, transcribeFile } from "./transcribe-file";
import { type Heard, noSpeechModel, type SpeechModel, speechModel } from "./transcribe-model";
import { toTranscriptText } from "./transcript-text";

const jobName = "documents.transcribe";
const measureTimeoutMs = 60_000;

type Row = Prisma.DocumentGetPayload<{ include: { face: true } }>;

/**
 * Turns a recording into text. Each piece is a stored step, also across jobs: what was heard once is not heard, and
 * paid, again. The charge is settled once, in the transaction that stores the text.
 */
export const transcribeDocument = defineJob({
  name: jobName,
  payload: z.object({ documentId: z.string(), apiKeyId: z.string().nullable() }),
  maxAttempts: 6,
  leaseSeconds: 60,
  key: ({ documentId }) => documentId,
  permanentErrors: [
    "unreadable",
    "unsupported_type",
    "not_found",
    "unavailable",
    "insufficient_credits",
    "budget_exceeded",
    "account_frozen",
  ],

  async run({ documentId, apiKeyId }, job) {
    const row = await job.db.document.findUnique({ where: { id: documentId }, include: { face: true } });
    if (row?.status !== "transcribing" || row.storageKey === null) return;
    const model = speechModel();
    if (model === null) throw new PermanentJobError(noSpeechModel);
    const folder = await mkdtemp(join(tmpdir(), "faces-recording-"));
    try {
      const path = join(folder, "original");
      await pipeline(await store().get(row.storageKey, { signal: job.signal }), createWriteStream(path));
      await transcribe(job, { row, model, path, apiKeyId });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },

  async onFailed(tx, { documentId }, reason) {
    const data = { status: "failed", error: reason };
    await tx.document.updateMany({ where: { id: documentId, status: "transcribing" }, data });
  },

  async onCancelled(tx, { documentId }) {
    const data = { status: "failed", error: "Transcribing was stopped. Start a sync to take it up again." };
    await tx.document.updateMany({ where: { id: documentId, status: "transcribing" }, data });
  },
});

type Work = { row: Row; model: SpeechModel; path: string; apiKeyId: string | null };

async function transcribe(job: JobContext, { row, model, path, apiKeyId }: Work): Promise<void> {
  const info = await inspectRecording(path, row.label, job.signal);
  const { accountId } = row.face;
  if (accountId === null) throw new PermanentJobError("The sample face takes no recordings.");
  const payer = { accountId, apiKeyId };
  const costMicroUsd = model.costMicroUsd(info.seconds);
  const held = await hold(job, payer, costMicroUsd);
  try {
    const recording = { path, mimeType: row.mimeType, byteSize: row.byteSize ?? 0, info };
    const transcript = await transcribeFile(model, recording, job.signal, async (piece, hear) => {
      if (held !== null) await prolongHold(job.db, held);
      job.progress({ stage: "transcribing", seconds_total: info.seconds, seconds_done: piece.start });
      const name = `${model.name} ${piece.start.toFixed(3)}-${piece.end.toFixed(3)}`;
      return job.step(name, async () => (await heardBefore(job, row.id, name)) ?? (await hear()));
    });
    await save(job, { row, payer, model, transcript, costMicroUsd, held });
  } catch (error) {
    if (held !== null) await release(job.db, held);
    throw error;
  }
}

/** The money that an attempt before this one held, if it still does; else it is held anew. */
async function hold(job: JobContext, payer: TranscriptionPayer, costMicroUsd: bigint): Promise<string | null> {
  const first = await job.step("hold", () => holdFor(job.db, payer, costMicroUsd));
  if (first === null || (await prolongHold(job.db, first))) return first;
  return holdFor(job.db, payer, costMicroUsd);
}

/** What an earlier job for the same recording got: one that failed later on, say. */
async function heardBefore(job: JobContext, documentId: string, name: string): Promise<Heard | null> {
  const step = await job.db.jobStep.findFirst({ where: { name, job: { name: jobName, key: documentId } } });
  return step === null ? null : (step.result as Heard | null);
}

type Done = {
  row: Row;
  payer: TranscriptionPayer;
  model: SpeechModel;
  transcript: Transcript;
  costMicroUsd: bigint;
  held: string | null;
};

async function save(job: JobContext, { row, payer, model, transcript, costMicroUsd, held }: Done): Promise<void> {
  const outcome = await toColumns(row, transcript, job.signal);
  await job.transaction(async (tx) => {
    await lockFace(tx, row.faceId);
    await settleTranscription(tx, {
      ...payer,
      faceId: row.faceId,
      documentId: row.id,
      model: model.name,
      reference: `transcription:${row.id}`,
      costMicroUsd,
      reservationId: held,
    });
    const { content, ...data } = outcome;
    // somebody may have written the text by hand meanwhile, or deleted the recording: that stands
    const { count } = await tx.document.updateMany({ where: { id: row.id, status: "transcribing", version: 1 }, data });
    if (count === 0 || content === null) return;
    await tx.documentVersion.update({
      where: { documentId_version: { documentId: row.id, version: 1 } },
      data: { content },
    });
  });
}

/** The document as the transcript makes it: pending, or failed where nothing was said or nobody knows who the face is. */
async function toColumns(row: Row, transcript: Transcript, signal: AbortSignal) {
  const { text, speakers } = toTranscriptText(transcript);
  const mediaSeconds = transcript.seconds;
  const silent = { status: "failed", error: "No speech was heard in this recording.", mediaSeconds, content: null };
  try {
    requireText(text, row.label);
  } catch (error) {
    if (error instanceof AppError) return silent;
    throw error;
  }
  const type = speakers.length > 0 ? "thread" : "document";
  const measured = await runTask("measureText", { text, type }, { signal, timeoutMs: measureTimeoutMs });
  const known = speakers.find((speaker) => speaker.toLowerCase() === row.faceSpeaker?.toLowerCase()) ?? null;
  const isUnclear = type === "thread" && known === null;
  const oneVoice = {
    code: "no_speakers",
    message: "The speech model did not tell speakers apart: all is taken for the face's.",
  };
  return {
    type,
    speakers: measured.speakers,
    faceSpeaker: known,
    tokenCount: measured.tokens,
    chunksTotal: measured.chunks,
    mediaSeconds,
    notes: row.type === "thread" && type === "document" ? [oneVoice] : [],
    status: isUnclear ? "failed" : "pending",
    error: isUnclear ? `Several people speak here. Say who the face is: ${speakers.slice(0, 20).join(", ")}.` : null,
    content: text,
  };
}
