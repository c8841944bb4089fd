"use client";

import { useQueries, useQueryClient } from "@tanstack/react-query";
import { toast } from "@/components/ui/toast";
import { z } from "zod";
import { finishDeletions } from "@/components/sources/use-deletions";
import { facesText } from "@/components/strings/faces";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { SyncQuote } from "@/lib/compile/schemas";
import type { FaceView } from "@/lib/faces/schemas";
import { dataOf, fetchJson } from "@/lib/http/fetch-json";
import { BulkRows } from "./bulk-rows";
import { useBulkWork } from "./use-bulk-work";

const pathOf = (face: string): string => `/v1/faces/${encodeURIComponent(face)}/sync`;

type SyncFacesDialogProps = { faces: FaceView[]; onClose: () => void };

/** What syncing these faces takes at most, and then the syncs. Faces in which nothing waits are left alone. */
export function SyncFacesDialog({ faces, onClose }: SyncFacesDialogProps) {
  const client = useQueryClient();
  const waiting = faces.filter((face) => face.formula === null && face.document_counts.pending > 0);
  const quotes = useQueries({
    queries: waiting.map((face) => ({
      queryKey: ["sync-quote", face.username],
      queryFn: async () =>
        (await fetchJson(`${pathOf(face.username)}?dry_run=true`, dataOf(SyncQuote), { method: "POST" })).data,
    })),
  });
  const nameOf = new Map(faces.map(({ id, username }) => [id, username]));
  const work = useBulkWork(async (face) => {
    // what was deleted is not compiled, also when it could still be taken back
    await finishDeletions(nameOf.get(face) ?? face);
    return fetchJson(pathOf(face), z.unknown(), { method: "POST" });
  });
  const quoteOf = new Map(waiting.map((face, at) => [face.id, quotes[at]]));
  // nothing is started whose price nobody has seen
  const priced = waiting.filter(({ id }) => quoteOf.get(id)?.data !== undefined);
  const known = quotes.flatMap(({ data }) => data ?? []);
  const texts = known.reduce((sum, quote) => sum + quote.documents, 0);
  const usd = known.reduce((sum, quote) => sum + quote.cost_usd_max, 0);

  async function start(ids: readonly string[]) {
    const failed = await work.run(ids);
    await client.invalidateQueries({ queryKey: ["faces"] });
    if (failed.length < ids.length) toast(facesText.started(ids.length - failed.length));
    if (failed.length === 0) onClose();
  }

  function noteOf(face: FaceView): string {
    if (face.formula !== null) return facesText.syncPartsOnly;
    const quote = quoteOf.get(face.id);
    if (quote === undefined) return facesText.syncUpToDate;
    if (quote.data === undefined) return quote.error?.message ?? facesText.asking;
    return facesText.syncQuote(quote.data.documents, quote.data.tokens_estimated, quote.data.cost_usd_max);
  }

  const isPriced = quotes.every(({ isPending }) => !isPending);
  return (
    <Dialog
      open
      onOpenChange={(open) => (open || work.phase === "working" ? undefined : onClose())}
      title={facesText.syncTitle(faces.length)}
      description={facesText.syncWhy}
    >
      <BulkRows faces={faces} states={work.states} note={noteOf} />
      {work.phase === "ended" && work.failed.length > 0 ? (
        <p role="alert" className="text-2 text-danger">
          {facesText.failedCount(work.failed.length, priced.length)}
        </p>
      ) : null}
      <DialogActions>
        {work.phase === "ended" ? (
          <Button onClick={() => void start(work.failed)}>{facesText.tryFailedAgain}</Button>
        ) : (
          <Button
            look="primary"
            disabled={priced.length === 0 || !isPriced || work.phase === "working"}
            onClick={() => void start(priced.map(({ id }) => id))}
          >
            {waiting.length === 0
              ? facesText.syncNothing
              : isPriced
                ? facesText.syncNow(texts, usd)
                : facesText.waitingPrice}
          </Button>
        )}
        <Button look="ghost" disabled={work.phase === "working"} onClick={onClose}>
          {work.phase === "ended" ? facesText.close : facesText.cancel}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
