import { FileText, FileX, MessagesSquare, X } from "lucide-react";
import { sourcesText } from "@/components/strings/sources";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Meter } from "@/components/ui/meter";
import { ApiError } from "@/lib/http/fetch-json";
import type { Upload } from "./upload-queue";

type UploadListProps = {
  uploads: readonly Upload[];
  onCancel: (id: number) => void;
  onRetry: (id: number) => void;
  /** a conversation came in, and nobody in it bears the face's name */
  onChooseSpeaker: (upload: Upload) => void;
};

/** Uploads under way and those that failed; what has arrived moves to the list of texts. */
export function UploadList({ uploads, ...actions }: UploadListProps) {
  if (uploads.length === 0) return null;
  const failed = uploads.filter((upload) => upload.status === "failed" && !needsSpeaker(upload.error));
  const asking = uploads.filter((upload) => upload.status === "failed" && needsSpeaker(upload.error));
  const running = uploads.length - failed.length - asking.length;
  const mayGo = failed.filter((upload) => upload.status === "failed" && mayPass(upload.error));
  return (
    <section aria-label={sourcesText.uploading} className="mt-3">
      <div className="mb-1 flex min-h-9 flex-wrap items-center gap-x-2">
        <h2 className="mr-auto">{sourcesText.uploading}</h2>
        <span className="num text-2 text-ink-3" role="status">
          {sourcesText.uploadState(running, asking.length, failed.length)}
        </span>
        {mayGo.length > 1 ? (
          <Button look="ghost" onClick={() => mayGo.forEach(({ id }) => actions.onRetry(id))}>
            {sourcesText.retryAll}
          </Button>
        ) : null}
        {running > 1 ? (
          <Button
            look="ghost"
            onClick={() => uploads.forEach(({ id, status }) => status !== "failed" && actions.onCancel(id))}
          >
            {sourcesText.cancelAll}
          </Button>
        ) : null}
      </div>
      <ul className="max-h-105 overflow-y-auto border-y border-line">
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
    </section>
  );
}

type Row<Status extends Upload["status"]> = {
  upload: Extract<Upload, { status: Status }>;
  onCancel: (id: number) => void;
};

function RunningUpload({ upload, onCancel }: Row<"queued" | "sending">) {
  const { file } = upload;
  const share = upload.status === "sending" ? upload.share : 0;
  const note =
    upload.status === "queued"
      ? sourcesText.nextInLine
      : share < 1
        ? sourcesText.sentOf(file.size * share, file.size)
        : sourcesText.beingRead;
  return (
    <>
      <FileText size={16} strokeWidth={1.75} aria-hidden />
      <div className="grid gap-1">
        <span className="flex justify-between gap-3">
          <span className="truncate">{file.name}</span>
          <span className="num text-2 whitespace-nowrap text-ink-2">{note}</span>
        </span>
        <Meter value={share} max={1} label={sourcesText.uploadOf(file.name)} tone="accent" />
      </div>
      <IconButton label={sourcesText.cancelUpload(file.name)} onClick={() => onCancel(upload.id)}>
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
  const { error, file } = upload;
  const isApi = error instanceof ApiError;
  const nextStep = isApi ? sourcesText.nextSteps[error.code] : undefined;
  return (
    <>
      <FileX size={16} strokeWidth={1.75} aria-hidden className="text-danger" />
      <div className="min-w-0" role="alert">
        <span className="block truncate">{file.name}</span>
        <span className="block text-1 text-danger [overflow-wrap:anywhere]">
          {isApi ? error.message : sourcesText.uploadBroke} {nextStep}
        </span>
        {isApi && error.requestId ? (
          <span className="block truncate text-1 text-ink-3">{sourcesText.request(error.requestId)}</span>
        ) : null}
      </div>
      <span className="flex gap-1">
        {mayPass(error) ? (
          <Button onClick={() => onRetry(upload.id)} aria-label={sourcesText.retryUpload(file.name)}>
            {sourcesText.retry}
          </Button>
        ) : null}
        <IconButton
          label={sourcesText.forgetUpload(file.name)}
          onClick={() => onCancel(upload.id)}
          className="self-center"
        >
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
        <span className="block text-1 text-ink-2">{sourcesText.askSpeaker}</span>
      </div>
      <span className="flex gap-1">
        <Button onClick={() => onAnswer(upload)}>{sourcesText.chooseSpeaker}</Button>
        <IconButton
          label={sourcesText.forgetUpload(upload.file.name)}
          onClick={() => onCancel(upload.id)}
          className="self-center"
        >
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
