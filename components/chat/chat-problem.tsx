import Link from "next/link";
import { Fingerprint } from "@/components/fingerprint/fingerprint";
import { Column } from "@/components/shell/app-shell";
import { chatText } from "@/components/strings/chat";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ApiError } from "@/lib/http/fetch-json";

/** Why a conversation cannot be shown. */
export function ChatProblem({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const isMissing = error instanceof ApiError && error.status === 404;
  return (
    <Column>
      {isMissing ? (
        <EmptyState
          title={chatText.missing}
          action={
            <Button asChild>
              <Link href="/chat">{chatText.new}</Link>
            </Button>
          }
        >
          {chatText.missingText}
        </EmptyState>
      ) : (
        <ApiErrorBlock title={chatText.failed} error={error} onRetry={onRetry} />
      )}
    </Column>
  );
}

/** Nobody to speak to: not even the sample. */
export function NoFaces() {
  return (
    <Column>
      <EmptyState
        figure={<Fingerprint data={{}} size={96} />}
        title={chatText.noFaces}
        action={
          <Button asChild look="primary">
            <Link href="/faces">{chatText.makeFace}</Link>
          </Button>
        }
      >
        {chatText.noFacesText}
      </EmptyState>
    </Column>
  );
}
