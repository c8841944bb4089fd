import { ListTree, RefreshCw } from "lucide-react";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { ErrorBlock } from "@/components/ui/error-block";
import { IconButton } from "@/components/ui/icon-button";
import { Markdown } from "./markdown";
import type { Answer } from "./turns";
import { builtinModel } from "./use-models";

type AnswerViewProps = {
  answer: Answer;
  faceName: string;
  isTraceOpen: boolean;
  onTrace: (id: string) => void;
  /** Only for the last answer: an earlier one cannot be written again without those after it. */
  onRetry: (() => void) | null;
};

/** What the face answered, who wrote the words, and what can be done with them. */
export function AnswerView({ answer, faceName, isTraceOpen, onTrace, onRetry }: AnswerViewProps) {
  const { traceId } = answer;
  const isWriting = answer.status === "writing";
  return (
    <article aria-busy={isWriting} className="grid gap-2">
      {answer.content ? <Markdown text={answer.content} isWriting={isWriting} /> : null}
      {answer.error ? (
        <ErrorBlock
          title={answer.content ? "The answer broke off" : "There was no answer"}
          requestId={answer.error.requestId}
          actions={onRetry ? <Button onClick={onRetry}>Ask again</Button> : null}
        >
          {answer.error.message}
        </ErrorBlock>
      ) : null}
      {answer.status === "failed" && answer.content === "" ? null : (
        <div className="flex min-h-9 flex-wrap items-center gap-0.5 text-1 text-ink-3 wide:min-h-7">
          <span className="mr-2" role={isWriting ? "status" : undefined}>
            {isWriting ? (answer.content ? "Writing" : "Looking for what bears on this") : creditOf(answer, faceName)}
          </span>
          {isWriting ? null : (
            <>
              {answer.content ? <CopyButton text={answer.content} label="Copy the answer" /> : null}
              {onRetry ? (
                <IconButton label="Answer again" onClick={onRetry}>
                  <RefreshCw size={14} strokeWidth={1.75} aria-hidden />
                </IconButton>
              ) : null}
              {traceId ? (
                <Button
                  look="ghost"
                  aria-expanded={isTraceOpen}
                  onClick={() => onTrace(isTraceOpen ? "" : traceId)}
                  className="px-2 text-1 font-text"
                >
                  <ListTree size={14} strokeWidth={1.75} aria-hidden />
                  What this rests on
                </Button>
              ) : null}
            </>
          )}
        </div>
      )}
    </article>
  );
}

function creditOf({ model, status, content }: Answer, faceName: string): string {
  if (status === "stopped" && content === "") return "Stopped before the first word";
  const speaker =
    model === null
      ? faceName
      : model === builtinModel
        ? `${faceName}, quoted by the built-in engine, not a language model`
        : `${faceName}, spoken by ${model}`;
  return status === "stopped" ? `${speaker}, stopped` : speaker;
}
