import { FileText, FileX, MessagesSquare, X } from "lucide-react";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Meter } from "@/components/ui/meter";
import { ApiError } from "@/lib/http/fetch-json";
import { countOf, formatBytes } from "@/lib/format";
import type { Upload } from "./use-uploads";

type UploadListProps = {
  uploads: Upload[];
  onCancel: (upload: Upload) => void;
  onRetry: (upload: Upload) => void;
  /** a conversation came in, and nobody in it bears the face's name */
  onChooseSpeaker: (upload: Upload) => void;
};

/** Uploads under way and those that failed; what has arrived moves to the list of texts. */
export function UploadList({ uploads, ...actions }: UploadListProps) {
  if (uploads.length === 0) return null;
  const failed = uploads.filter((upload) => upload.status === "failed" && !needsSpeaker(upload.error)).length;
  const asking = uploads.filter((upload) => upload.status === "failed" && needsSpeaker(upload.error)).length;
  return (
    <div className="mt-3">
      <div className="mb-1 flex items-baseline justify-between">
        <h2>Uploading</h2>
        <span className="num text-2 text-ink-3" role="status">
          {[
            uploads.length - failed - asking > 0 ? `${uploads.length - failed - asking} on the way` : "",
            asking > 0 ? `${countOf(asking, "question")}` : "",
            failed > 0 ? `${failed} failed` : "",
          ]
            .filter(Boolean)
            .join(", ")}
        </span>
      </div>
      <ul className="border-y border-line">
        {uploads.map((upload) => (
          <li
            key={upload.id}
            className="grid min-h-15 grid-cols-[20px_minmax(0,1fr)_auto] items-center gap-3 border-t border-line py-2.5 first:border-t-0"
          >
            {upload.status === "failed" ? (
              <FailedUpload upload={upload} {...actions} />
            ) : (
              <RunningUpload upload={upload} onCancel={actions.onCancel} />
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

type Row<Status extends Upload["status"]> = {
  upload: Extract<Upload, { status: Status }>;
  onCancel: (upload: Upload) => void;
};

function RunningUpload({ upload, onCancel }: Row<"queued" | "sending">) {
  const { file } = upload;
  const share = upload.status === "sending" ? upload.share : 0;
  const note =
    upload.status === "queued"
      ? "next in line"
      : share < 1
        ? `${formatBytes(file.size * share)} of ${formatBytes(file.size)}`
        : "being read";
  return (
    <>
      <FileText size={16} strokeWidth={1.75} aria-hidden />
      <div className="grid gap-1">
        <span className="flex justify-between gap-3">
          <span className="truncate">{file.name}</span>
          <span className="num text-2 whitespace-nowrap text-ink-2">{note}</span>
        </span>
        <Meter value={share} max={1} label={`Upload of ${file.name}`} tone="accent" />
      </div>
      <IconButton label={`Cancel the upload of ${file.name}`} onClick={() => onCancel(upload)}>
        <X size={16} strokeWidth={1.75} aria-hidden />
      </IconButton>
    </>
  );
}

function FailedUpload({
  upload,
  onCancel,
  onRetry,
  onChooseSpeaker,
}: Row<"failed"> & Omit<UploadListProps, "uploads">) {
  if (needsSpeaker(upload.error))
    return <SpeakerQuestion upload={upload} onAnswer={onChooseSpeaker} onCancel={onCancel} />;
  const reason = upload.error instanceof ApiError ? upload.error.message : "The upload broke in this page.";
  return (
    <>
      <FileX size={16} strokeWidth={1.75} aria-hidden className="text-danger" />
      <div className="min-w-0" role="alert">
        <span className="block truncate">{upload.file.name}</span>
        <span className="block text-1 text-danger">{reason}</span>
      </div>
      <span className="flex gap-1">
        {mayPass(upload.error) ? <Button onClick={() => onRetry(upload)}>Retry</Button> : null}
        <IconButton label={`Forget ${upload.file.name}`} onClick={() => onCancel(upload)} className="self-center">
          <X size={16} strokeWidth={1.75} aria-hidden />
        </IconButton>
      </span>
    </>
  );
}

function SpeakerQuestion({ upload, onAnswer, onCancel }: Row<"failed"> & { onAnswer: (upload: Upload) => void }) {
  return (
    <>
      <MessagesSquare size={16} strokeWidth={1.75} aria-hidden />
      <div className="min-w-0" role="alert">
        <span className="block truncate">{upload.file.name}</span>
        <span className="block text-1 text-ink-2">This is a conversation. Say who in it the face is.</span>
      </div>
      <span className="flex gap-1">
        <Button onClick={() => onAnswer(upload)}>Choose</Button>
        <IconButton label={`Forget ${upload.file.name}`} onClick={() => onCancel(upload)} className="self-center">
          <X size={16} strokeWidth={1.75} aria-hidden />
        </IconButton>
      </span>
    </>
  );
}

const needsSpeaker = (error: unknown): boolean => error instanceof ApiError && error.param === "face_speaker";

/** A refusal of the file itself stays one, however often it is sent. */
function mayPass(error: unknown): boolean {
  return !(error instanceof ApiError) || ![400, 413, 415, 422].includes(error.status);
}
