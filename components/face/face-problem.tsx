import Link from "next/link";
import { Fingerprint } from "@/components/fingerprint/fingerprint";
import { faceText } from "@/components/strings/face";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ApiError } from "@/lib/http/fetch-json";

/** Why a face cannot be shown: there is none, or it could not be loaded. */
export function FaceProblem({ error, onRetry }: { error: Error; onRetry: () => void }) {
  if (!(error instanceof ApiError) || error.status !== 404)
    return <ApiErrorBlock title={faceText.unloaded} error={error} onRetry={onRetry} />;
  return (
    <EmptyState
      figure={<Fingerprint data={{}} size={96} />}
      title={faceText.noSuchFace}
      action={
        <Button asChild>
          <Link href="/faces">{faceText.goToFaces}</Link>
        </Button>
      }
    >
      {faceText.noSuchFaceNote}
    </EmptyState>
  );
}
