"use client";

import { Download } from "lucide-react";
import { useState } from "react";
import { settingsText as text } from "@/components/strings/settings";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { RichText } from "@/components/ui/rich-text";
import { StatusLine } from "@/components/ui/status-line";
import { formatBytes } from "@/lib/format";
import { DeleteAccountDialog } from "./delete-account-dialog";
import { useExport } from "./use-export";
import type { SettingsView } from "./wire";

/** Everything as one file, and the end of the account. */
export function DataSection({ account }: { account: SettingsView }) {
  const [isDeleting, setIsDeleting] = useState(false);
  return (
    <div className="grid gap-10">
      <Export />
      <section className="grid gap-3">
        <h2>{text.deleteTitle}</h2>
        <p className="measure text-2 text-ink-2">{text.deleteWhat}</p>
        <Button look="danger" className="w-fit" onClick={() => setIsDeleting(true)}>
          {text.deleteStart}
        </Button>
        {isDeleting ? <DeleteAccountDialog account={account} onClose={() => setIsDeleting(false)} /> : null}
      </section>
    </div>
  );
}

const direct = {
  link: (words: string) => (
    <a href="/v1/account/export" download className="link">
      {words}
    </a>
  ),
};

function Export() {
  const { state, start, stop } = useExport();
  const isRunning = state.status === "running";
  return (
    <section className="grid gap-3">
      <h2>{text.exportTitle}</h2>
      <p className="measure text-2 text-ink-2">{text.exportWhat}</p>
      <div className="flex min-h-10 flex-wrap items-center gap-3">
        {isRunning ? (
          <Button onClick={stop}>{text.exportCancel}</Button>
        ) : (
          <Button onClick={start}>
            <Download size={16} strokeWidth={1.75} aria-hidden />
            {text.exportStart}
          </Button>
        )}
        <div role="status" aria-label={text.exportProgress}>
          {state.status === "running" ? (
            <StatusLine tone="running" className="whitespace-normal">
              {state.bytes === 0 ? text.exportWaiting : text.exportRunning(formatBytes(state.bytes))}
            </StatusLine>
          ) : state.status === "done" ? (
            <StatusLine tone="done">{text.exportDone(formatBytes(state.bytes))}</StatusLine>
          ) : null}
        </div>
      </div>
      {state.status === "failed" ? (
        <ApiErrorBlock title={text.exportFailed} error={state.error} onRetry={start} />
      ) : null}
      <p className="text-2 text-ink-3">
        <RichText text={text.exportDirect} parts={direct} />
      </p>
    </section>
  );
}
