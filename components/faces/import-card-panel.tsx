"use client";

import { LoaderCircle, Upload } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { cardText as text } from "@/components/strings/faces";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { ApiError } from "@/lib/http/fetch-json";
import { leaveCard, useLeftCard } from "./dropped-card";
import { ImportOutcome } from "./import-outcome";
import { CreateProblem } from "./new-face-form";
import { useImportCard } from "./use-cards";

/** Takes a card from a file, and tells what of it came in. */
export function ImportCardPanel({ onClose }: { onClose: () => void }) {
  const take = useImportCard();
  const [fileName, setFileName] = useState("");
  const input = useRef<HTMLInputElement>(null);
  const dropped = useLeftCard();
  const { mutate } = take;

  useEffect(() => {
    if (dropped === null) return;
    leaveCard(null);
    setFileName(dropped.name);
    mutate(dropped);
  }, [dropped, mutate]);

  if (take.data) return <ImportOutcome report={take.data} onAnother={take.reset} onClose={onClose} />;
  return (
    <div className="grid gap-4">
      {take.isPending ? (
        <div
          role="status"
          className="grid justify-items-center gap-2 rounded-3 border border-line px-4 py-8 text-center"
        >
          <LoaderCircle size={20} strokeWidth={1.75} aria-hidden className="turning text-accent" />
          <p className="text-2 break-all">{text.reading(fileName)}</p>
          <p className="max-w-[44ch] text-1 text-ink-3">{text.readingHint}</p>
        </div>
      ) : (
        <button
          type="button"
          onClick={() => input.current?.click()}
          className="grid justify-items-center gap-2 rounded-3 border border-dashed border-control-line px-4 py-8 text-2 hover:bg-sunk"
        >
          <Upload size={20} strokeWidth={1.75} aria-hidden className="text-ink-3" />
          <span className="font-strong">{text.choose}</span>
          <span className="text-ink-3">{text.dropHere}</span>
        </button>
      )}
      <input
        ref={input}
        type="file"
        accept=".png,.json,image/png,application/json"
        aria-label={text.title}
        tabIndex={-1}
        className="sr-only"
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = "";
          if (file === undefined) return;
          setFileName(file.name);
          mutate(file);
        }}
      />
      {take.error instanceof ApiError && take.error.code === "plan_limit" ? (
        <CreateProblem error={take.error} />
      ) : take.error ? (
        <ApiErrorBlock title={text.failed(fileName)} error={take.error} />
      ) : null}
      <div>
        <Button look="ghost" disabled={take.isPending} onClick={onClose}>
          {text.cancel}
        </Button>
      </div>
    </div>
  );
}
