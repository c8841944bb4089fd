"use client";

import Link from "next/link";
import { Fingerprint } from "@/components/fingerprint/fingerprint";
import { versionsText } from "@/components/strings/versions";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Skeleton } from "@/components/ui/skeleton";
import type { FaceView } from "@/lib/faces/schemas";
import { Comparison } from "./comparison";
import { Timeline } from "./timeline";
import { useCompared } from "./use-compared";
import { useVersions } from "./use-versions";

/** Every compiled state of a face: what it was made of, what two of them differ in, and the way back. */
export function VersionsTab({ face }: { face: FaceView }) {
  const versions = useVersions(face.username);
  const all = versions.data?.pages.flatMap((page) => page.data) ?? [];
  const { from, to, compare } = useCompared(all);

  if (versions.error)
    return <ApiErrorBlock title={versionsText.failed} error={versions.error} onRetry={() => void versions.refetch()} />;
  if (versions.isPending) return <LoadingVersions />;
  if (to === null) return <NoVersions face={face} />;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-10 wide:grid-cols-[224px_minmax(0,1fr)]">
      <Timeline
        versions={all}
        from={from}
        to={to}
        onShow={(number) => compare(null, number)}
        onEarlier={versions.hasNextPage ? () => void versions.fetchNextPage() : null}
      />
      <Comparison face={face} versions={all} from={from} to={to} onCompare={compare} />
    </div>
  );
}

function NoVersions({ face }: { face: FaceView }) {
  return (
    <EmptyState
      figure={<Fingerprint data={{}} size={96} title={versionsText.emptyFigure} />}
      title={versionsText.emptyTitle}
      action={
        face.is_sample || face.formula ? undefined : (
          <Button asChild>
            <Link href={`/faces/${face.username}?tab=sources`}>{versionsText.emptyAction}</Link>
          </Button>
        )
      }
    >
      {versionsText.empty(face.username)}
    </EmptyState>
  );
}

function LoadingVersions() {
  return (
    <div role="status" aria-label={versionsText.loading} className="grid gap-10 wide:grid-cols-[224px_minmax(0,1fr)]">
      <div className="grid content-start gap-6">
        {[1, 2, 3].map((row) => (
          <div key={row} className="grid gap-2">
            <Skeleton className="w-24" />
            <Skeleton className="w-40" />
          </div>
        ))}
      </div>
      <div className="hidden gap-6 wide:grid">
        <Skeleton className="h-8 w-80" />
        <Skeleton className="h-40 w-full" />
      </div>
    </div>
  );
}
