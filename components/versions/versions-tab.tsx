"use client";

import { FidelityPanel } from "@/components/fidelity/fidelity-panel";
import { Fingerprint } from "@/components/fingerprint/fingerprint";
import { describeCounts, sumOf } from "@/components/fingerprint/components";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { EmptyState } from "@/components/ui/empty-state";
import { Skeleton } from "@/components/ui/skeleton";
import { useNow } from "@/components/ui/use-now";
import { useUrlState } from "@/components/ui/use-url-state";
import type { FaceView } from "@/lib/faces/schemas";
import { countOf, formatAgo } from "@/lib/format";
import { DiffView } from "./diff-view";
import { useVersions } from "./use-versions";
import type { VersionView } from "./wire";

/** Every compiled state of a face: what it was made of, what changed, and the way back. */
export function VersionsTab({ face }: { face: FaceView }) {
  const versions = useVersions(face.username);
  const [asked, setAsked] = useUrlState("version");
  const all = versions.data?.pages.flatMap((page) => page.data) ?? [];
  const shown = all.find(({ number }) => String(number) === asked) ?? all[0];

  if (versions.error)
    return (
      <ApiErrorBlock
        title="The versions could not be loaded"
        error={versions.error}
        onRetry={() => void versions.refetch()}
      />
    );
  if (versions.isPending) return <LoadingVersions />;
  if (shown === undefined)
    return (
      <EmptyState figure={<Fingerprint data={{}} size={96} title="An empty fingerprint" />} title="No version yet">
        Every sync makes one. It can be compared with others, restored, and named in a call as {face.username}#1.
      </EmptyState>
    );
  const before = all[all.indexOf(shown) + 1] ?? null;
  return (
    <div className="grid items-start gap-10 wide:grid-cols-[240px_minmax(0,1fr)]">
      <section aria-label="Versions">
        <ol className="border-y border-line">
          {all.map((version) => (
            <li key={version.number} className="border-t border-line first:border-t-0">
              <VersionRow
                version={version}
                isShown={version.number === shown.number}
                onShow={() => setAsked(String(version.number))}
              />
            </li>
          ))}
        </ol>
        {versions.hasNextPage ? (
          <Button look="ghost" className="mt-2 -ml-3" onClick={() => void versions.fetchNextPage()}>
            Show earlier ones
          </Button>
        ) : null}
      </section>
      <div className="grid min-w-0 gap-10">
        <DiffView key={shown.number} face={face} version={shown} before={before} />
        <FidelityPanel face={face} />
      </div>
    </div>
  );
}

type VersionRowProps = { version: VersionView; isShown: boolean; onShow: () => void };

function VersionRow({ version, isShown, onShow }: VersionRowProps) {
  const now = useNow();
  return (
    <button
      type="button"
      onClick={onShow}
      aria-pressed={isShown}
      className={cn("grid w-full gap-0.5 px-2 py-2.5 text-left hover:bg-sunk", isShown && "bg-accent-soft")}
    >
      <span className="flex items-baseline gap-2">
        <span className="num font-strong">{version.number}</span>
        {version.is_current ? <span className="text-1 text-ink-3">current</span> : null}
        <span className="num ml-auto text-1 text-ink-3">{formatAgo(version.created_at, now)}</span>
      </span>
      <span className="text-2 text-ink-2" title={describeCounts(version.counts)}>
        {sayReason(version)}, {countOf(sumOf(version.counts), "statement")}
      </span>
    </button>
  );
}

export function sayReason({ reason, sources }: Pick<VersionView, "reason" | "sources">): string {
  if (reason === "sync") return `Synced ${countOf(sources.length, "text")}`;
  return reason === "delete" ? "Deleted a text" : "Restored";
}

function LoadingVersions() {
  return (
    <div role="status" aria-label="Loading the versions" className="grid gap-4 py-2">
      <Skeleton className="w-48" />
      <Skeleton className="w-60" />
      <Skeleton className="w-48" />
    </div>
  );
}
