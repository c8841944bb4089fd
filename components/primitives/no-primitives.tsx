import Link from "next/link";
import { Fingerprint } from "@/components/fingerprint/fingerprint";
import { primitivesText } from "@/components/strings/primitives";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import type { FaceView } from "@/lib/faces/schemas";

/** Why there is no statement, and where they come from. */
export function NoPrimitives({ face }: { face: FaceView }) {
  const { pending, total } = face.document_counts;
  return (
    <EmptyState
      figure={<Fingerprint data={{}} size={96} title={primitivesText.emptyFigure} />}
      title={primitivesText.emptyTitle}
      action={
        <Button asChild>
          <Link href={`/faces/${face.username}?tab=sources`}>{primitivesText.emptyAction}</Link>
        </Button>
      }
    >
      {face.sync_status === "syncing"
        ? primitivesText.emptySyncing
        : pending > 0
          ? primitivesText.emptyPending(pending)
          : total > 0
            ? primitivesText.emptyRead
            : primitivesText.emptyNew}
    </EmptyState>
  );
}
