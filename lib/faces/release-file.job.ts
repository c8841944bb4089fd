import { z } from "zod";
import type { DbOrTransaction } from "@/lib/db/client";
import { defineJob } from "@/lib/jobs/define-job";
import { store } from "@/lib/storage/store";
import { lockFace } from "./require-face";

const hourMs = 60 * 60 * 1000;

type FileRef = { faceId: string; documentId: string };

/** Where the file of a document lies in the store. */
export function storageKeyOf({ faceId, documentId }: FileRef): string {
  return `faces/${faceId}/${documentId}`;
}

/** By then an upload that was under way has its row, or never will. */
export function afterUpload(): { runAt: Date } {
  return { runAt: new Date(Date.now() + hourMs) };
}

/**
 * Deletes the file of a document unless the document is there. Queued before a file is written, to run an hour later,
 * and again in the transaction that deletes the row: so no crash leaves a file behind, and none in use is deleted.
 * Safe to run twice.
 */
export const releaseFile = defineJob({
  name: "documents.release_file",
  payload: z.object({ faceId: z.string(), documentId: z.string() }),
  maxAttempts: 10,
  leaseSeconds: 60,
  key: ({ documentId }) => documentId,

  async run(file, job) {
    for (;;) {
      const isKept = await hasRow(job.db, file);
      if (!isKept) await store().delete(storageKeyOf(file));
      // whoever deletes the row holds the face's lock: what it queued while this ran is seen here
      const isDone = await job.finish(async (tx) => {
        await lockFace(tx, file.faceId);
        return (await hasRow(tx, file)) === isKept;
      });
      if (isDone) return;
    }
  },
});

async function hasRow(db: DbOrTransaction, { faceId, documentId }: FileRef): Promise<boolean> {
  return (await db.document.count({ where: { id: documentId, faceId } })) > 0;
}
