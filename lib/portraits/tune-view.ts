import { publicUrl } from "@/lib/env";
import { signedPath, signedUrl } from "@/lib/storage/signed-file";
import { FaceReading } from "@/lib/vision/face-reading";
import type { TuneRow } from "./tune-access";
import { Consent, type PhotoView, type TuneDetail, TuneNote, type TuneView } from "./tune-schemas";

/** A tune as Astria's clients read it: its fields in Astria's order, then ours. Addresses name this host. */
export function toTuneView(row: TuneRow): TuneView {
  return viewOf(row, (id) => signedUrl({ kind: "photos", id }));
}

/** A tune as pages show it: addresses are relative to the host they are on. */
export function toTuneDetail(row: TuneRow): TuneDetail {
  const view = viewOf(row, (id) => signedPath({ kind: "photos", id }));
  return { ...view, photos: row.photos.map(toPhotoView) };
}

function viewOf(row: TuneRow, addressOf: (photoId: string) => string): TuneView {
  const trainedAt = row.trainedAt.toISOString();
  return {
    id: row.id,
    title: row.title,
    name: row.name,
    is_api: row.isApi,
    token: row.token,
    eta: trainedAt,
    callback: row.callback,
    trained_at: trainedAt,
    started_training_at: row.createdAt.toISOString(),
    expires_at: row.expiresAt.toISOString(),
    created_at: row.createdAt.toISOString(),
    model_type: row.modelType,
    updated_at: row.updatedAt.toISOString(),
    base_tune_id: row.baseTuneId,
    branch: row.branch,
    args: row.args,
    steps: row.steps,
    face_crop: row.faceCrop,
    ckpt_url: null,
    ckpt_urls: [],
    url: new URL(`/tunes/${row.id}.json`, publicUrl()).href,
    orig_images: row.photos.map(({ id }) => addressOf(id)),
    face: row.faceId,
    auto_extend: row.autoExtend,
    notes: TuneNote.array().catch([]).parse(row.notes),
    consent: Consent.parse(row.consent),
  };
}

function toPhotoView(row: TuneRow["photos"][number]): PhotoView {
  return {
    id: row.id,
    file_name: row.fileName,
    url: signedPath({ kind: "photos", id: row.id }),
    small_url: signedPath({ kind: "photos", id: row.id, isSmall: true }),
    width: row.width,
    height: row.height,
    byte_size: row.byteSize,
    reading: FaceReading.parse(row.reading),
  };
}
