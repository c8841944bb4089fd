"use client";

import { AppWindow, Smartphone } from "lucide-react";
import { useState } from "react";
import { embedText } from "@/components/strings/embed";
import { cn } from "@/components/ui/cn";
import { Segmented } from "@/components/ui/segmented";
import type { EmbedView } from "@/lib/embed/schemas";
import type { FaceView } from "@/lib/faces/schemas";

type Size = "site" | "phone";

/** The page itself, in a frame as a site would show it. It is loaded anew when what is saved changes. */
export function EmbedPreview({ face, embed }: { face: FaceView; embed: EmbedView }) {
  const [size, setSize] = useState<Size>("site");
  const { pathname } = new URL(embed.embed_url);
  const site = embed.origins[0]?.replace(/^https?:\/\//u, "").replace("*.", "www.");
  return (
    <aside aria-label={embedText.preview} className="grid min-w-0 gap-3 wide:sticky wide:top-6">
      <div className="flex items-center gap-2">
        <h2 className="mr-auto">{embedText.preview}</h2>
        <Segmented
          label={embedText.previewSize}
          value={size}
          onChange={setSize}
          segments={[
            { value: "site", label: <SizeIcon icon={AppWindow} label={embedText.embedded} /> },
            { value: "phone", label: <SizeIcon icon={Smartphone} label={embedText.phone} /> },
          ]}
        />
      </div>
      {embed.is_enabled ? (
        <div
          className={cn(
            "overflow-hidden rounded-3 border border-line-2",
            size === "phone" && "mx-auto w-full max-w-78",
          )}
        >
          {size === "site" ? (
            <div className="flex items-center border-b border-line bg-sunk px-3 py-2">
              <span className="min-w-0 flex-1 truncate rounded-1 border border-line bg-bg px-2 font-mono text-1 text-ink-3">
                {site ?? new URL(embed.public_url).host}
              </span>
            </div>
          ) : null}
          <iframe
            key={embed.updated_at + embed.embed_url}
            src={pathname}
            title={embedText.previewFrame(face.name ?? face.username)}
            className="block h-142 w-full"
          />
        </div>
      ) : (
        <p className="rounded-3 border border-line p-5 text-2 text-ink-3">{embedText.previewOff}</p>
      )}
      <p className="text-1 text-ink-3">{embedText.previewUnsaved}</p>
    </aside>
  );
}

function SizeIcon({ icon: Icon, label }: { icon: typeof AppWindow; label: string }) {
  return (
    <>
      <Icon size={14} strokeWidth={1.75} aria-hidden />
      <span className="sr-only">{label}</span>
    </>
  );
}
