"use client";

import { useCallback, useEffect, useRef, useState } from "react";

/** Why nothing can be recorded: names of `sourcesText.microphone`. */
export type Refusal = "denied" | "missing" | "busy" | "insecure";

/** One shape per state: a recorder that may not hear has no level. */
export type RecorderState =
  | { status: "idle" }
  | { status: "asking" }
  | { status: "refused"; why: Refusal }
  | { status: "recording"; stream: MediaStream; isPaused: boolean }
  | { status: "done"; blob: Blob };

const kinds = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];
const sliceMs = 1000;

/**
 * Records from the microphone, into memory.
 *
 * @param maxBytes it stops by itself before it is larger
 */
export function useRecorder(maxBytes: number) {
  const [state, setState] = useState<RecorderState>({ status: "idle" });
  const recorder = useRef<MediaRecorder>(null);
  /** goes up with every start and at the end: a permission that comes too late is for nobody */
  const asked = useRef(0);

  const release = useCallback(() => {
    asked.current += 1;
    const current = recorder.current;
    recorder.current = null;
    if (current === null) return;
    current.ondataavailable = null;
    current.onstop = null;
    if (current.state !== "inactive") current.stop();
    current.stream.getTracks().forEach((track) => track.stop());
  }, []);
  useEffect(() => release, [release]);

  async function start(): Promise<void> {
    release();
    const devices = (navigator as { mediaDevices?: MediaDevices }).mediaDevices;
    if (devices === undefined || typeof MediaRecorder === "undefined")
      return setState({ status: "refused", why: "insecure" });
    setState({ status: "asking" });
    const mine = asked.current;
    let stream: MediaStream;
    try {
      stream = await devices.getUserMedia({ audio: { echoCancellation: true, noiseSuppression: true } });
    } catch (error) {
      if (mine === asked.current) setState({ status: "refused", why: refusalOf(error) });
      return;
    }
    if (mine !== asked.current) return stream.getTracks().forEach((track) => track.stop());
    const mimeType = kinds.find((kind) => MediaRecorder.isTypeSupported(kind));
    const made = new MediaRecorder(stream, mimeType === undefined ? {} : { mimeType });
    recorder.current = made;
    const parts: Blob[] = [];
    let size = 0;
    made.ondataavailable = ({ data }) => {
      parts.push(data);
      size += data.size;
      if (size > maxBytes * 0.95 && made.state !== "inactive") made.stop();
    };
    made.onstop = () => {
      stream.getTracks().forEach((track) => track.stop());
      setState({ status: "done", blob: new Blob(parts, { type: made.mimeType }) });
    };
    made.start(sliceMs);
    setState({ status: "recording", stream, isPaused: false });
  }

  return {
    state,
    start: () => void start(),
    pause: () => {
      recorder.current?.pause();
      setState((before) => (before.status === "recording" ? { ...before, isPaused: true } : before));
    },
    resume: () => {
      recorder.current?.resume();
      setState((before) => (before.status === "recording" ? { ...before, isPaused: false } : before));
    },
    stop: () => recorder.current?.stop(),
    reset: () => {
      release();
      setState({ status: "idle" });
    },
  };
}

function refusalOf(error: unknown): Refusal {
  const name = error instanceof DOMException ? error.name : "";
  if (name === "NotAllowedError" || name === "SecurityError") return "denied";
  return name === "NotFoundError" || name === "OverconstrainedError" ? "missing" : "busy";
}

const endings: [RegExp, string][] = [
  [/webm/, "webm"],
  [/mp4/, "m4a"],
  [/ogg/, "ogg"],
];

/** A recording as a file that can be uploaded like any other. @param name without an ending */
export function toFile(blob: Blob, name: string): File {
  const ending = endings.find(([pattern]) => pattern.test(blob.type))?.[1] ?? "webm";
  return new File([blob], `${name}.${ending}`, { type: blob.type });
}
