"use client";

import { Circle, Mic, Pause, Play, Square } from "lucide-react";
import { useEffect, useState } from "react";
import { sourcesText } from "@/components/strings/sources";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { ErrorBlock } from "@/components/ui/error-block";
import { StatusLine } from "@/components/ui/status-line";
import type { UploadLimits } from "@/lib/documents/schemas";
import type { FaceView } from "@/lib/faces/schemas";
import { RecordingLevel } from "./recording-level";
import { useElapsed } from "./use-elapsed";
import { type RecorderState, toFile, useRecorder } from "./use-recorder";

type RecorderDialogProps = {
  face: FaceView;
  limits: UploadLimits | undefined;
  onOpenChange: (open: boolean) => void;
  onRecorded: (file: File) => void;
};

const defaultMaxBytes = 500 * 1024 * 1024;

/** Records a voice, lets one listen, and adds it like any other file. */
export function RecorderDialog({ limits, onOpenChange, onRecorded }: RecorderDialogProps) {
  const recorder = useRecorder(limits?.max_recording_bytes ?? defaultMaxBytes);
  const [isLeaving, setIsLeaving] = useState(false);
  const { state } = recorder;
  const hasSomething = state.status === "recording" || state.status === "done";
  useWarning(hasSomething);

  return (
    <Dialog
      open
      // Escape and a click beside it must not throw a recording away
      onOpenChange={() => (hasSomething ? setIsLeaving(true) : onOpenChange(false))}
      title={sourcesText.recorderTitle}
      description={sourcesText.recorderNote}
    >
      <SpeechNote limits={limits} />
      {state.status === "refused" ? (
        <ErrorBlock
          title={sourcesText.microphone[state.why].title}
          actions={state.why === "insecure" ? null : <Button onClick={recorder.start}>{sourcesText.tryAgain}</Button>}
        >
          {sourcesText.microphone[state.why].note}
        </ErrorBlock>
      ) : null}
      {state.status === "idle" || state.status === "asking" ? (
        <div className="grid gap-3">
          <Button
            look="primary"
            size="big"
            onClick={recorder.start}
            disabled={state.status === "asking"}
            className="justify-self-start"
          >
            <Mic size={16} strokeWidth={1.75} aria-hidden />
            {limits?.transcription === null ? sourcesText.recordAnyway : sourcesText.startRecording}
          </Button>
          <p role="status" className="text-2 text-ink-2">
            {state.status === "asking" ? sourcesText.asking : null}
          </p>
        </div>
      ) : null}
      {state.status === "recording" ? (
        <Running state={state} pause={recorder.pause} resume={recorder.resume} stop={recorder.stop} />
      ) : null}
      {state.status === "done" ? (
        <Finished
          blob={state.blob}
          onAgain={recorder.reset}
          onAdd={(file) => {
            onRecorded(file);
            onOpenChange(false);
          }}
        />
      ) : null}
      {isLeaving && hasSomething ? (
        <ErrorBlock
          title={sourcesText.discardQuestion}
          actions={
            <>
              <Button look="danger" onClick={() => onOpenChange(false)}>
                {sourcesText.discard}
              </Button>
              <Button autoFocus onClick={() => setIsLeaving(false)}>
                {sourcesText.keepRecording}
              </Button>
            </>
          }
        />
      ) : null}
    </Dialog>
  );
}

/** Whether a recording becomes a text here, before anybody has spoken for nothing. */
function SpeechNote({ limits }: { limits: UploadLimits | undefined }) {
  if (limits === undefined) return null;
  if (limits.transcription !== null)
    return <p className="text-2 text-ink-2">{sourcesText.recorderPrice(limits.transcription.usd_per_minute)}</p>;
  return (
    <div className="grid gap-2 rounded-3 border border-line-2 bg-sunk px-4 py-3 text-2 text-ink-2">
      <p>{sourcesText.noSpeechModel}</p>
      <p>{sourcesText.noSpeechModelWay}</p>
    </div>
  );
}

type RunningProps = {
  state: Extract<RecorderState, { status: "recording" }>;
  pause: () => void;
  resume: () => void;
  stop: () => void;
};

function Running({ state: { stream, isPaused }, pause, resume, stop }: RunningProps) {
  const seconds = useElapsed(!isPaused);
  return (
    <div className="grid gap-4">
      <div className="flex items-center gap-3">
        {isPaused ? (
          <StatusLine tone="queued">{sourcesText.paused}</StatusLine>
        ) : (
          <span className="flex items-center gap-2 text-2 text-danger">
            <Circle size={12} fill="currentColor" aria-hidden />
            {sourcesText.recording}
          </span>
        )}
        <span role="timer" className="num ml-auto text-4 font-title">
          {clock(seconds)}
        </span>
      </div>
      <RecordingLevel stream={stream} isPaused={isPaused} />
      <DialogActions>
        <Button look="primary" onClick={stop}>
          <Square size={14} strokeWidth={1.75} aria-hidden />
          {sourcesText.stop}
        </Button>
        <Button autoFocus onClick={isPaused ? resume : pause}>
          {isPaused ? (
            <Play size={14} strokeWidth={1.75} aria-hidden />
          ) : (
            <Pause size={14} strokeWidth={1.75} aria-hidden />
          )}
          {isPaused ? sourcesText.resume : sourcesText.pause}
        </Button>
      </DialogActions>
    </div>
  );
}

function Finished({ blob, onAdd, onAgain }: { blob: Blob; onAdd: (file: File) => void; onAgain: () => void }) {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    const made = URL.createObjectURL(blob);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [blob]);
  const name = sourcesText.recordingName(new Date().toLocaleString().replace(/[/:]/g, "-"));
  return (
    <div className="grid gap-4">
      {url === null ? (
        <div className="h-14" />
      ) : (
        <audio controls src={url} aria-label={sourcesText.listen} className="w-full" />
      )}
      <DialogActions>
        <Button look="primary" autoFocus onClick={() => onAdd(toFile(blob, name))}>
          {sourcesText.addRecording}
        </Button>
        <Button look="ghost" onClick={onAgain}>
          {sourcesText.again}
        </Button>
      </DialogActions>
    </div>
  );
}

/** 75 → "1:15" */
const clock = (seconds: number): string => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

function useWarning(isNeeded: boolean): void {
  useEffect(() => {
    if (!isNeeded) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", warn);
    return () => removeEventListener("beforeunload", warn);
  }, [isNeeded]);
}
