"use client";

import { useEffect, useRef, useState } from "react";
import { saveFile } from "@/components/ui/save-file";
import { request } from "@/lib/http/fetch-json";

export type ExportState =
  | { status: "idle" }
  | { status: "running"; bytes: number }
  | { status: "done"; bytes: number }
  | { status: "failed"; error: unknown };

/** Fetches the zip of everything while telling how much has come, then hands it to the browser as a download. */
export function useExport() {
  const [state, setState] = useState<ExportState>({ status: "idle" });
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);

  async function start() {
    const controller = new AbortController();
    abort.current = controller;
    setState({ status: "running", bytes: 0 });
    try {
      const response = await request("/v1/account/export", { signal: controller.signal });
      const pieces: BlobPart[] = [];
      let bytes = 0;
      for (const reader = response.body?.getReader(); reader;) {
        const { done, value } = await reader.read();
        if (done) break;
        pieces.push(value);
        bytes += value.byteLength;
        setState({ status: "running", bytes });
      }
      saveFile(new Blob(pieces, { type: "application/zip" }), fileNameOf(response));
      setState({ status: "done", bytes });
    } catch (error) {
      setState(controller.signal.aborted ? { status: "idle" } : { status: "failed", error });
    }
  }

  return { state, start: () => void start(), stop: () => abort.current?.abort() };
}

function fileNameOf(response: Response): string {
  return /filename="([^"]+)"/.exec(response.headers.get("content-disposition") ?? "")?.[1] ?? "faces-export.zip";
}
