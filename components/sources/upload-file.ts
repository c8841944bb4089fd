import { sourcesText } from "@/components/strings/sources";
import { DocumentView } from "@/lib/documents/schemas";
import { ApiError, apiErrorOf, dataOf } from "@/lib/http/fetch-json";
import { parseJson } from "@/lib/json";
import { BusyError } from "./upload-queue";

type UploadOptions = {
  face: string;
  file: File;
  fields: Record<string, string>;
  signal: AbortSignal;
  onProgress: (share: number) => void;
};

const Answer = dataOf(DocumentView);

/**
 * Sends one file, telling how much of it has left. `fetch` cannot tell that yet; XMLHttpRequest can.
 *
 * @param options.onProgress called with 0–1
 * @throws {ApiError} the server refused it, or did not answer
 * @throws {BusyError} it asks to come again later
 * @throws {DOMException} `AbortError` when the signal was aborted
 */
export function uploadFile({ face, file, fields, signal, onProgress }: UploadOptions): Promise<DocumentView> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const body = new FormData();
    // Fields first: a server that streams knows what the file is before it arrives.
    for (const [name, value] of Object.entries(fields)) body.append(name, value);
    body.append("file", file);

    const abort = () => request.abort();
    signal.addEventListener("abort", abort, { once: true });
    request.addEventListener("loadend", () => signal.removeEventListener("abort", abort));
    request.upload.addEventListener("progress", (event) =>
      onProgress(event.total > 0 ? event.loaded / event.total : 0),
    );
    request.addEventListener("abort", () => reject(new DOMException("The upload was cancelled.", "AbortError")));
    request.addEventListener("error", () => reject(noAnswer()));
    request.addEventListener("load", () => {
      if (request.status === 429) return reject(new BusyError(waitMsOf(request.getResponseHeader("retry-after"))));
      const answer = Answer.safeParse(parseJson(request.responseText));
      if (request.status >= 200 && request.status < 300 && answer.success) return resolve(answer.data.data);
      reject(apiErrorOf(request.status, request.responseText, request.getResponseHeader("x-request-id")));
    });
    request.open("POST", `/v1/faces/${encodeURIComponent(face)}/upload`);
    request.send(body);
  });
}

const usualWaitMs = 5_000;
const leastWaitMs = 1_000;

/** How long to wait; a proxy in between may not say, or give a date. @param retryAfter the header: seconds */
export function waitMsOf(retryAfter: string | null): number {
  const seconds = retryAfter === null || retryAfter.trim() === "" ? NaN : Number(retryAfter);
  return Number.isFinite(seconds) ? Math.max(leastWaitMs, 1000 * seconds) : usualWaitMs;
}

function noAnswer(): ApiError {
  return new ApiError(sourcesText.connectionBroke, { status: 0, code: "no_answer", requestId: null, param: null });
}

/** Why a file need not be sent: it is larger than anything that is taken here. */
export function tooLarge(file: File, limits: { max_text_bytes: number; max_recording_bytes: number }): ApiError | null {
  const isRecording = /^(?:audio|video)\//.test(file.type);
  const limit = isRecording ? limits.max_recording_bytes : limits.max_text_bytes;
  // what the browser does not know may be a recording all the same
  const isSure = isRecording || file.type !== "" || file.size > limits.max_recording_bytes;
  if (!isSure || file.size <= limit) return null;
  return new ApiError(sourcesText.tooLarge(file.name, limit), {
    status: 413,
    code: "too_large",
    requestId: null,
    param: "file",
  });
}
