"use client";

import { Plus } from "lucide-react";
import { useState } from "react";
import { useFaces } from "@/components/faces/use-faces";
import { Column } from "@/components/shell/app-shell";
import { PageHead } from "@/components/shell/page-head";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Skeleton } from "@/components/ui/skeleton";
import { CallSnippet } from "./call-snippet";
import { CreateKeyDialog } from "./create-key-dialog";
import { KeyTable } from "./key-table";
import { NewKeyPanel } from "./new-key-panel";
import { useKeys } from "./use-keys";
import type { NewKey } from "./wire";

/** @param publicUrl where this installation is reached, for the snippets */
export function KeysPage({ publicUrl }: { publicUrl: string }) {
  const keys = useKeys();
  const faces = useFaces();
  const [isCreating, setIsCreating] = useState(false);
  const [fresh, setFresh] = useState<NewKey | null>(null);
  const example = faces.data?.find((face) => face.sync_status === "synced") ?? faces.data?.[0];

  return (
    <Column>
      <PageHead
        title="API keys"
        note="A key lets a program use your faces. Each can have its own budget and end."
        actions={
          <Button look="primary" onClick={() => setIsCreating(true)}>
            <Plus size={16} strokeWidth={1.75} aria-hidden />
            New key
          </Button>
        }
      />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-8">
        {fresh ? <NewKeyPanel newKey={fresh} onStored={() => setFresh(null)} /> : null}
        <section aria-label="Keys">
          {keys.error ? (
            <ApiErrorBlock
              title="The keys could not be loaded"
              error={keys.error}
              onRetry={() => void keys.refetch()}
            />
          ) : null}
          {keys.isPending ? <LoadingKeys /> : null}
          {keys.data && keys.data.length > 0 ? <KeyTable keys={keys.data} /> : null}
          {keys.data?.length === 0 ? (
            <EmptyState title="No keys yet" action={<Button onClick={() => setIsCreating(true)}>Create a key</Button>}>
              Programs sign in with a key. You see it once, when it is made; here it is stored as a hash.
            </EmptyState>
          ) : null}
        </section>
        <CallSnippet publicUrl={publicUrl} faceName={example?.username ?? "alice"} />
      </div>
      <CreateKeyDialog open={isCreating} onOpenChange={setIsCreating} onCreated={setFresh} />
    </Column>
  );
}

function LoadingKeys() {
  return (
    <div role="status" aria-label="Loading the keys" className="border-y border-line">
      {[1, 2].map((row) => (
        <div key={row} className="grid h-14 content-center gap-2 border-t border-line first:border-t-0">
          <Skeleton className="w-28" />
          <Skeleton className="h-2.5 w-36" />
        </div>
      ))}
    </div>
  );
}
