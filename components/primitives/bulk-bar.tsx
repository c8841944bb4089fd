"use client";

import { toast } from "@/components/ui/toast";
import { primitivesText } from "@/components/strings/primitives";
import { Button } from "@/components/ui/button";
import type { PrimitiveView, UpdatePrimitivesInput } from "@/lib/compile/schemas";
import type { FaceView } from "@/lib/faces/schemas";
import { useUpdatePrimitives } from "./use-update-primitive";

type BulkBarProps = {
  face: FaceView;
  items: readonly PrimitiveView[];
  chosen: ReadonlySet<string>;
  onChosen: (chosen: ReadonlySet<string> | null) => void;
};

type Word = Omit<UpdatePrimitivesInput, "ids">;

/** As many as one request takes. */
const atOnce = 500;

const words: { label: string; word: Word }[] = [
  { label: primitivesText.bulk.pin, word: { pinned: true } },
  { label: primitivesText.bulk.unpin, word: { pinned: false } },
  { label: primitivesText.bulk.accept, word: { state: "active" } },
  { label: primitivesText.bulk.disable, word: { disabled: true } },
  { label: primitivesText.bulk.enable, word: { disabled: false } },
];

/** What to do with all that are chosen; the toast takes it back. */
export function BulkBar({ face, items, chosen, onChosen }: BulkBarProps) {
  const update = useUpdatePrimitives(face.username);

  function apply(word: Word) {
    const ids = [...chosen].slice(0, atOnce);
    const before = items.filter(({ id }) => chosen.has(id));
    const onError = (error: Error) => toast.error(primitivesText.bulkFailed(error.message));
    update.mutate(
      { ids, ...word },
      {
        onError,
        onSuccess: (saved) =>
          toast(primitivesText.bulkDone(saved.length), {
            action: {
              label: primitivesText.undo,
              onClick: () => {
                // the bar may be gone by now, and is told of the last one only
                for (const each of undoing(before, word)) update.mutateAsync(each).catch(onError);
              },
            },
          }),
      },
    );
  }

  return (
    <div
      role="toolbar"
      aria-label={primitivesText.bulkBar}
      className="appear sticky bottom-18 z-20 mt-4 flex flex-wrap items-center gap-2 rounded-3 border border-line-2 bg-over p-2"
    >
      <span role="status" className="num px-2 text-2 font-strong">
        {primitivesText.chosen(chosen.size)}
      </span>
      {words.map(({ label, word }) => (
        <Button key={label} disabled={chosen.size === 0 || update.isPending} onClick={() => apply(word)}>
          {label}
        </Button>
      ))}
      <span className="ml-auto flex flex-wrap gap-2">
        <Button look="ghost" onClick={() => onChosen(new Set(items.slice(0, atOnce).map(({ id }) => id)))}>
          {primitivesText.chooseLoaded(Math.min(atOnce, items.length))}
        </Button>
        <Button look="ghost" onClick={() => onChosen(null)}>
          {primitivesText.done}
        </Button>
      </span>
    </div>
  );
}

/** Brings each back to what it was: one request for each way they were. */
function undoing(before: readonly PrimitiveView[], word: Word): UpdatePrimitivesInput[] {
  const ways = Map.groupBy(before, (view) => JSON.stringify(backOf(view, word)));
  return [...ways].map(([way, views]) => ({ ...(JSON.parse(way) as Word), ids: views.map(({ id }) => id) }));
}

function backOf(view: PrimitiveView, word: Word): Word {
  if (word.pinned !== undefined) return { pinned: view.pinned };
  if (word.state === "active" && view.state === "draft") return { state: null };
  return { disabled: view.state === "disabled" };
}
