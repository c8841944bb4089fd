"use client";

import Link from "next/link";
import { sumOf } from "@/components/fingerprint/components";
import { Fingerprint } from "@/components/fingerprint/fingerprint";
import { graphText } from "@/components/strings/graph";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Skeleton } from "@/components/ui/skeleton";
import type { FaceView } from "@/lib/faces/schemas";
import { GraphPage } from "./graph-page";
import { useGraphMap } from "./use-graph-map";

/** Everything a face says at once: drawn, and as a list beside it that holds the same. */
export function GraphTab({ face }: { face: FaceView }) {
  const map = useGraphMap(face.username);
  if (map.error) return <ApiErrorBlock title={graphText.failed} error={map.error} onRetry={() => void map.refetch()} />;
  if (map.isPending) return <LoadingGraph />;
  if (map.data.nodes.length === 0 && sumOf(face.component_counts) === 0) return <NothingToDraw face={face} />;
  return <GraphPage face={face} graph={map.data} />;
}

function NothingToDraw({ face }: { face: FaceView }) {
  return (
    <EmptyState
      figure={<Fingerprint data={{}} size={96} title={graphText.emptyFigure} />}
      title={graphText.emptyTitle}
      action={
        <Button asChild>
          <Link href={`/faces/${face.username}?tab=sources`}>{graphText.emptyAction}</Link>
        </Button>
      }
    >
      {graphText.empty}
    </EmptyState>
  );
}

function LoadingGraph() {
  return (
    <div role="status" aria-label={graphText.loading} className="grid gap-4">
      <Skeleton className="h-8 w-64" />
      <div className="grid gap-8 wide:grid-cols-[minmax(0,1fr)_304px]">
        <div className="late grid place-items-center py-10">
          <Fingerprint data={{}} size={320} />
        </div>
        <div className="grid content-start gap-4">
          <Skeleton className="h-4 w-32" />
          <Skeleton className="h-60 w-full" />
        </div>
      </div>
    </div>
  );
}
