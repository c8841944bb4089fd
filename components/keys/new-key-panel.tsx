"use client";

import { Download } from "lucide-react";
import { keysText } from "@/components/strings/keys";
import { Button } from "@/components/ui/button";
import { CopyTextButton } from "@/components/ui/copy-button";
import { saveFile } from "@/components/ui/save-file";
import type { NewKeyView } from "@/lib/keys/schemas";
import { type FaceNames, limitWords, overlapWords } from "./key-words";
import { envFile } from "./snippets";

/** A key while it can be seen, and whether it is a new one or an old one's new secret. */
export type FreshKey = { key: NewKeyView; isRotated: boolean };

type NewKeyPanelProps = { fresh: FreshKey; publicUrl: string; nameOf: FaceNames; onStored: () => void };

/** The only time a key is seen. It stays until its owner says that it is stored. */
export function NewKeyPanel({ fresh: { key, isRotated }, publicUrl, nameOf, onStored }: NewKeyPanelProps) {
  const { label, ready, rotated, copyNow, copy, env, envLabel, stored } = keysText.fresh;
  return (
    <section aria-label={label} className="grid gap-3 rounded-3 border border-accent p-5">
      <div role="status" className="flex flex-wrap items-baseline gap-x-2">
        <h2>{isRotated ? rotated(key.name) : ready(key.name)}</h2>
        <span className="text-2 text-ink-2">{copyNow}</span>
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <code className="min-w-60 flex-1 rounded-2 border border-line bg-sunk px-3.5 py-[9px] text-2 [overflow-wrap:anywhere]">
          {key.key}
        </code>
        <CopyTextButton text={key.key} look="primary" autoFocus>
          {copy}
        </CopyTextButton>
        <Button aria-label={envLabel} onClick={() => download(`${key.name}.env`, envFile(publicUrl, key.key))}>
          <Download size={16} strokeWidth={1.75} aria-hidden />
          {env}
        </Button>
        <Button look="ghost" onClick={onStored}>
          {stored}
        </Button>
      </div>
      <p className="text-1 text-ink-3">
        {isRotated ? `${overlapWords(key)} ` : ""}
        {limitWords(key, nameOf)}
      </p>
    </section>
  );
}

/** Saves a text as a file, without asking a server: this one is nobody else's business. */
function download(name: string, text: string): void {
  const fileName = name.replace(/[^\w.-]+/gu, "-").replace(/^[-.]+(?=\w)/u, "");
  saveFile(new Blob([text], { type: "text/plain" }), fileName);
}
