"use client";

import { useEffect, useRef } from "react";
import { Fingerprint } from "@/components/fingerprint/fingerprint";
import { FaceFingerprint } from "@/components/faces/face-fingerprint";
import { EmptyState } from "@/components/ui/empty-state";
import { Button } from "@/components/ui/button";
import { sumOf } from "@/components/fingerprint/components";
import type { FaceView } from "@/lib/faces/schemas";
import { AnswerView } from "./answer-view";
import type { useConversation } from "./use-conversation";

type ThreadProps = {
  conversation: ReturnType<typeof useConversation>;
  face: FaceView;
  isQuoting: boolean;
  openTrace: string;
  onTrace: (id: string) => void;
};

export function Thread({ conversation, face, isQuoting, openTrace, onTrace }: ThreadProps) {
  const { turns, retry } = conversation;
  const scroller = useFollowing(turns);

  return (
    <div
      ref={scroller}
      className="min-h-0 flex-1 overflow-y-auto px-4 pt-6 pb-4 mid:px-6"
      tabIndex={0}
      aria-label="Messages"
      role="log"
    >
      <div className="mx-auto grid max-w-150 gap-6">
        {turns.length === 0 ? <Opening face={face} isQuoting={isQuoting} onAsk={conversation.send} /> : null}
        {turns.map((turn, index) =>
          turn.role === "user" ? (
            <p
              key={index}
              className="max-w-[85%] justify-self-end rounded-3 bg-sunk-2 px-3.5 py-2 [overflow-wrap:anywhere] whitespace-pre-wrap"
            >
              {turn.content}
            </p>
          ) : (
            <AnswerView
              key={index}
              answer={turn}
              faceName={face.username}
              isTraceOpen={turn.traceId !== null && turn.traceId === openTrace}
              onTrace={onTrace}
              onRetry={index === turns.length - 1 ? retry : null}
            />
          ),
        )}
      </div>
    </div>
  );
}

const openers = [
  "What matters most to you in your work?",
  "How do you decide when you are unsure?",
  "Tell me about your childhood.",
];

function Opening({
  face,
  isQuoting,
  onAsk,
}: {
  face: FaceView;
  isQuoting: boolean;
  onAsk: (question: string) => void;
}) {
  const name = face.name ?? face.username;
  const isEmpty = sumOf(face.component_counts) === 0;
  return (
    <EmptyState
      figure={isEmpty ? <Fingerprint data={{}} size={96} /> : <FaceFingerprint face={face} size={96} isNamed />}
      title={`Ask ${name} something`}
    >
      {isEmpty
        ? "Nothing is compiled yet, so there are only the facts to answer from. "
        : isQuoting
          ? "The built-in engine answers with what the face itself has said or written. It is not a language model, and says when it has nothing. "
          : "Every answer shows what it rests on. "}
      <span className="mt-4 flex flex-wrap justify-center gap-2">
        {openers.map((question) => (
          <Button key={question} onClick={() => onAsk(question)} className="whitespace-normal">
            {question}
          </Button>
        ))}
      </span>
    </EmptyState>
  );
}

/** Stays at the end while the answer grows, unless the reader has scrolled up. */
function useFollowing(changed: unknown) {
  const scroller = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const onScroll = () => {
      isAtEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < 80;
    };
    element.addEventListener("scroll", onScroll, { passive: true });
    return () => element.removeEventListener("scroll", onScroll);
  }, []);
  useEffect(() => {
    if (isAtEnd.current && scroller.current) scroller.current.scrollTop = scroller.current.scrollHeight;
  }, [changed]);
  return scroller;
}
