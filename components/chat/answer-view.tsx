"use client";

import { ListTree, RefreshCw } from "lucide-react";
import { chatText } from "@/components/strings/chat";
import { CopyButton } from "@/components/ui/copy-button";
import { IconButton } from "@/components/ui/icon-button";
import { formatUsd } from "@/lib/format";
import { AnswerProblem } from "./answer-problem";
import { AnswerText } from "./answer-text";
import { BranchSwitch } from "./branch-switch";
import type { ChatMessage } from "./chat-message";
import { useLiveAnswer } from "./use-chat";
import { builtinModel } from "./use-models";
import { usePrice } from "./use-price";

type AnswerViewProps = {
  answer: ChatMessage;
  siblings?: readonly ChatMessage[];
  faceName: string;
  isTraceOpen: boolean;
  /** @param reference the number of a quote, when it was asked for by that */
  onTrace: (id: string, reference?: number) => void;
  onAgain: (() => void) | null;
  onShow?: (id: string) => void;
};

/** An answer that is heard of word for word while it is written, by nobody but this. */
export function LiveAnswerView({ liveKey, answer, ...props }: AnswerViewProps & { liveKey: string }) {
  const live = useLiveAnswer(liveKey);
  return <AnswerView answer={answer.status === "writing" && live?.id === answer.id ? live : answer} {...props} />;
}

/** What the face answered, who wrote the words, what that cost, and what can be done with them. */
export function AnswerView({ answer, siblings = [], onShow, ...props }: AnswerViewProps) {
  const { faceName, isTraceOpen, onTrace, onAgain } = props;
  const { trace_id: traceId, content, status } = answer;
  const isWriting = status === "writing";
  const price = usePrice(answer);
  const openTrace = (reference?: number) => {
    if (traceId) onTrace(traceId, reference);
  };
  return (
    <article aria-busy={isWriting} className="grid grid-cols-[minmax(0,1fr)] gap-1">
      {content ? <AnswerText answer={answer} onReference={openTrace} /> : null}
      {status === "removed" ? <p className="text-ink-3 italic">{chatText.removed}</p> : null}
      <AnswerProblem answer={answer} onAgain={onAgain} />
      <div className="flex min-h-9 flex-wrap items-center gap-x-0.5 text-1 text-ink-3 wide:min-h-7">
        {status === "failed" && content === "" ? null : (
          <span className="num mr-2" role={isWriting ? "status" : undefined}>
            {isWriting ? (content ? chatText.writing : chatText.looking) : creditOf(answer, faceName, price)}
          </span>
        )}
        {isWriting ? null : (
          <>
            {content ? <CopyButton text={content} label={chatText.copyAnswer} /> : null}
            {onAgain && status !== "failed" ? (
              <IconButton label={chatText.answerAgain} onClick={onAgain}>
                <RefreshCw size={14} strokeWidth={1.75} aria-hidden />
              </IconButton>
            ) : null}
            {traceId && status !== "failed" ? (
              <IconButton
                label={chatText.why}
                aria-expanded={isTraceOpen}
                className="aria-expanded:text-accent"
                onClick={() => onTrace(isTraceOpen ? "" : traceId)}
              >
                <ListTree size={14} strokeWidth={1.75} aria-hidden />
              </IconButton>
            ) : null}
            {onShow ? <BranchSwitch message={answer} siblings={siblings} onShow={onShow} /> : null}
          </>
        )}
      </div>
    </article>
  );
}

function creditOf({ model, status, content }: ChatMessage, faceName: string, price: number | null): string {
  if (status === "removed") return faceName;
  if (status === "stopped" && content === "") return chatText.stoppedEarly;
  const speaker =
    model === null
      ? faceName
      : model === builtinModel
        ? chatText.quotedBy(faceName)
        : chatText.spokenBy(faceName, model);
  const credit = status === "stopped" ? `${speaker}, ${chatText.stopped}` : speaker;
  // the engine that quotes is free, and says so where one chooses it
  return price === null || (price === 0 && model === builtinModel) ? credit : chatText.priced(credit, formatUsd(price));
}
