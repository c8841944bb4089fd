import Link from "next/link";
import { chatText } from "@/components/strings/chat";
import { Button } from "@/components/ui/button";
import { ErrorBlock } from "@/components/ui/error-block";
import type { ChatMessage } from "./chat-message";

/** Refusals that money or a limit of one's own mends. */
const moneyCodes = new Set(["insufficient_credits", "budget_exceeded", "quota_exceeded", "account_frozen"]);

type AnswerProblemProps = { answer: ChatMessage; onAgain: (() => void) | null };

/** Why an answer failed, and the step that helps. */
export function AnswerProblem({ answer: { error, status, content }, onAgain }: AnswerProblemProps) {
  if (error === null || status !== "failed") return null;
  const isMoney = moneyCodes.has(error.code ?? "");
  return (
    <ErrorBlock
      title={content ? chatText.failedPart : chatText.failedWhole}
      requestId={error.request_id}
      actions={
        <>
          {isMoney ? (
            <Button asChild>
              <Link href="/usage">{chatText.toBilling}</Link>
            </Button>
          ) : null}
          {onAgain ? <Button onClick={onAgain}>{chatText.askAgain}</Button> : null}
        </>
      }
    >
      {error.message}
    </ErrorBlock>
  );
}
