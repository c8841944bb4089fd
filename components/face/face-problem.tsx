import Link from "next/link";
import { Fingerprint } from "@/components/fingerprint/fingerprint";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ApiError } from "@/lib/http/fetch-json";

/** Why a face cannot be shown: there is none, or it could not be loaded. */
export function FaceProblem({ error, onRetry }: { error: Error; onRetry: () => void }) {
  if (!(error instanceof ApiError) || error.status !== 404)
    return <ApiErrorBlock title="The face could not be loaded" error={error} onRetry={onRetry} />;
  return (
    <EmptyState
      figure={<Fingerprint data={{}} size={96} />}
      title="No such face"
      action={
        <Button asChild>
          <Link href="/faces">Go to your faces</Link>
        </Button>
      }
    >
      It was deleted or renamed, or it belongs to somebody else.
    </EmptyState>
  );
}
