"use client";

import { toast } from "@/components/ui/toast";
import { Fingerprint } from "@/components/fingerprint/fingerprint";
import { embedText } from "@/components/strings/embed";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Skeleton } from "@/components/ui/skeleton";
import type { FaceView } from "@/lib/faces/schemas";
import { EmbedPreview } from "./embed-preview";
import { EmbedSettings } from "./embed-settings";
import { useEmbed, useSaveEmbed } from "./use-embed";

/** A face's page for visitors: who may open it, what they may ask, what it may cost, and how it looks. */
export function EmbedTab({ face }: { face: FaceView }) {
  if (face.is_sample) {
    return (
      <EmptyState figure={<Fingerprint data={face.fingerprint} size={96} />} title={embedText.sampleTitle}>
        {embedText.sample}
      </EmptyState>
    );
  }
  return <OwnEmbed face={face} />;
}

function OwnEmbed({ face }: { face: FaceView }) {
  const embed = useEmbed(face.username);
  if (embed.data === undefined && embed.error) {
    return <ApiErrorBlock title={embedText.loadFailed} error={embed.error} onRetry={() => void embed.refetch()} />;
  }
  if (embed.data === undefined) return <LoadingEmbed />;
  if (embed.data === null) return <NoEmbed face={face} />;
  return (
    <div className="grid items-start gap-10 wide:grid-cols-[minmax(0,1fr)_376px]">
      <EmbedSettings face={face} embed={embed.data} />
      <EmbedPreview face={face} embed={embed.data} />
    </div>
  );
}

function NoEmbed({ face }: { face: FaceView }) {
  const save = useSaveEmbed(face.username);
  return (
    <div className="grid gap-4">
      <EmptyState
        figure={<Fingerprint data={face.fingerprint} size={96} />}
        title={embedText.emptyTitle}
        action={
          <Button
            look="primary"
            disabled={save.isPending}
            onClick={() => save.mutate({}, { onSuccess: () => toast(embedText.created) })}
          >
            {save.isPending ? embedText.creating : embedText.create}
          </Button>
        }
      >
        {embedText.empty(face.name ?? face.username)}
      </EmptyState>
      {save.error ? <ApiErrorBlock title={embedText.saveFailed} error={save.error} /> : null}
    </div>
  );
}

function LoadingEmbed() {
  return (
    <div role="status" aria-label={embedText.loading} className="grid gap-10 wide:grid-cols-[minmax(0,1fr)_376px]">
      <div className="grid content-start gap-8">
        {["w-2/3", "w-1/2", "w-3/5", "w-2/5"].map((width) => (
          <div key={width} className="grid gap-3 border-b border-line pb-8">
            <Skeleton className="h-4 w-32" />
            <Skeleton className={width} />
          </div>
        ))}
      </div>
      <Skeleton className="h-150 rounded-3" />
    </div>
  );
}
