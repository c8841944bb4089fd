"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useReducer, useRef } from "react";
import { refreshFace } from "./use-documents";
import { uploadFile } from "./upload-file";

/** One shape per state: a failed upload cannot also show a bar. */
export type Upload = { id: number; file: File; fields: Record<string, string> } & (
  { status: "queued" } | { status: "sending"; share: number } | { status: "failed"; error: unknown }
);

type Action = { type: "add"; uploads: Upload[] } | { type: "set"; upload: Upload } | { type: "remove"; id: number };

function reduce(uploads: Upload[], action: Action): Upload[] {
  if (action.type === "add") return [...uploads, ...action.uploads];
  if (action.type === "remove") return uploads.filter((upload) => upload.id !== action.id);
  return uploads.map((upload) => (upload.id === action.upload.id ? action.upload : upload));
}

/** Uploads at the same time; more would only share the same line. */
const atOnce = 2;
let nextId = 1;

/** The uploads of one face that are not done: each can be cancelled and tried again. */
export function useUploads(face: string) {
  const client = useQueryClient();
  const [uploads, dispatch] = useReducer(reduce, []);
  const running = useRef(new Map<number, AbortController>());

  useEffect(() => {
    const free = atOnce - running.current.size;
    for (const upload of uploads
      .filter((candidate) => candidate.status === "queued" && !running.current.has(candidate.id))
      .slice(0, free))
      void send(upload);
  });

  useEffect(() => {
    const controllers = running.current;
    return () => controllers.forEach((controller) => controller.abort());
  }, []);

  async function send({ id, file, fields }: Upload) {
    const controller = new AbortController();
    running.current.set(id, controller);
    dispatch({ type: "set", upload: { id, file, fields, status: "sending", share: 0 } });
    try {
      await uploadFile({
        face,
        file,
        fields,
        signal: controller.signal,
        onProgress: (share) => dispatch({ type: "set", upload: { id, file, fields, status: "sending", share } }),
      });
      refreshFace(client, face);
      running.current.delete(id);
      dispatch({ type: "remove", id });
    } catch (error) {
      running.current.delete(id);
      dispatch(
        controller.signal.aborted
          ? { type: "remove", id }
          : { type: "set", upload: { id, file, fields, status: "failed", error } },
      );
    }
  }

  return {
    uploads,
    /** @param fields sent beside each file, as in the contract */
    add: (files: readonly File[], fields: Record<string, string>) =>
      dispatch({ type: "add", uploads: files.map((file) => ({ id: nextId++, file, fields, status: "queued" })) }),
    retry: ({ id, file, fields }: Upload) => dispatch({ type: "set", upload: { id, file, fields, status: "queued" } }),
    cancel: ({ id }: Upload) => {
      const controller = running.current.get(id);
      if (controller) controller.abort();
      else dispatch({ type: "remove", id });
    },
  };
}
