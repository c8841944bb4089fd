import { ApiError, apiErrorOf } from "@/lib/http/fetch-json";

type UploadOptions = {
  face: string;
  file: File;
  fields: Record<string, string>;
  signal: AbortSignal;
  onProgress: (share: number) => void;
};

/**
 * Sends one file, telling how much of it has left. `fetch` cannot tell that yet; XMLHttpRequest can.
 *
 * @param options.onProgress called with 0–1
 * @throws {ApiError} the server refused it, or did not answer
 * @throws {DOMException} `AbortError` when the signal was aborted
 */
export function uploadFile({ face, file, fields, signal, onProgress }: UploadOptions): Promise<void> {
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
    request.addEventListener("error", () =>
      reject(
        new ApiError("The connection broke before the file had arrived. Try again.", {
          status: 0,
          code: "no_answer",
          requestId: null,
          param: null,
        }),
      ),
    );
    request.addEventListener("load", () => {
      if (request.status >= 200 && request.status < 300) resolve();
      else reject(apiErrorOf(request.status, request.responseText, request.getResponseHeader("x-request-id")));
    });
    request.open("POST", `/v1/faces/${encodeURIComponent(face)}/upload`);
    request.send(body);
  });
}
