"use client";

import { ArrowDown } from "lucide-react";
import { memo, useEffect, useMemo, type Ref } from "react";
import { chatText } from "@/components/strings/chat";
import { Button } from "@/components/ui/button";
import type { FaceView } from "@/lib/faces/schemas";
import { LiveAnswerView } from "./answer-view";
import type { ChatMessage } from "./chat-message";
import { Opening } from "./opening";
import { QuestionView } from "./question-view";
import { Turn } from "./turn";
import type { ChatActions } from "./use-chat";
import { useFollowing } from "./use-following";

export type ThreadProps = {
  conversationId: string;
  branch: readonly ChatMessage[];
  messages: readonly ChatMessage[];
  actions: Pick<ChatActions, "ask" | "answerAgain" | "answerQuestion" | "showBranch">;
  face: FaceView;
  isQuoting: boolean;
  isWriting: boolean;
  openTrace: string;
  editing: string;
  onEditing: (id: string) => void;
  onTrace: (id: string, reference?: number) => void;
  /** called by whoever sends something: its place is the end */
  endRef: Ref<() => void>;
};

/** This many turns are drawn at once; the others when one comes near. */
const lateTurns = 8;

export function Thread(props: ThreadProps) {
  const { branch, messages, face, isQuoting, isWriting, endRef, actions } = props;
  const { scroller, content, isAway, toEnd } = useFollowing();
  useEffect(() => {
    if (typeof endRef === "function") endRef(toEnd);
    else if (endRef) endRef.current = toEnd;
  }, [endRef, toEnd]);
  const families = useMemo(() => familiesOf(messages), [messages]);
  const last = branch.at(-1);

  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <div
        ref={scroller}
        className="min-h-0 flex-1 overflow-y-auto px-4 pt-6 pb-4 -outline-offset-2 mid:px-6"
        tabIndex={0}
        aria-label={chatText.messages}
        role="log"
        aria-live="off"
      >
        <div ref={content} className="mx-auto grid max-w-150 grid-cols-[minmax(0,1fr)] gap-4">
          {branch.length === 0 ? (
            <Opening face={face} isQuoting={isQuoting} onAsk={(question) => actions.ask(question, null)} />
          ) : null}
          {branch.map((message, index) => (
            <ThreadTurn
              key={message.id}
              {...props}
              message={message}
              siblings={families.get(message.parent_id) ?? noSiblings}
              isLate={index >= branch.length - lateTurns}
            />
          ))}
          {last?.role === "user" && !isWriting ? (
            <p className="flex flex-wrap items-center gap-3 text-2 text-ink-3">
              {chatText.unanswered}
              <Button onClick={() => actions.answerQuestion(last)}>{chatText.answerNow}</Button>
            </p>
          ) : null}
        </div>
      </div>
      {isAway ? (
        <Button onClick={toEnd} className="absolute bottom-3 left-1/2 -translate-x-1/2">
          <ArrowDown size={14} strokeWidth={1.75} aria-hidden />
          {chatText.jump}
        </Button>
      ) : null}
      <p role="status" className="sr-only">
        {last?.role === "assistant" && last.status === "done" ? chatText.ready : ""}
      </p>
    </div>
  );
}

const noSiblings: ChatMessage[] = [];

/** The messages that stand in one place, by what they follow. */
function familiesOf(messages: readonly ChatMessage[]): Map<string | null, ChatMessage[]> {
  const families = new Map<string | null, ChatMessage[]>();
  for (const message of messages) {
    const family = families.get(message.parent_id);
    if (family) family.push(message);
    else families.set(message.parent_id, [message]);
  }
  return families;
}

type ThreadTurnProps = Omit<ThreadProps, "branch" | "messages" | "endRef"> & {
  message: ChatMessage;
  siblings: readonly ChatMessage[];
  isLate: boolean;
};

/** Drawn again only when it is another message, or its family grew: not with every word of the last answer. */
const ThreadTurn = memo(
  function ThreadTurn({ message, siblings, isLate, actions, face, ...props }: ThreadTurnProps) {
    const isQuestion = message.role === "user";
    return (
      <Turn plain={message.content} isQuestion={isQuestion} isLate={isLate || props.editing === message.id}>
        {() =>
          isQuestion ? (
            <QuestionView
              question={message}
              siblings={siblings}
              isEditing={props.editing === message.id}
              onEditing={(isEditing) => props.onEditing(isEditing ? message.id : "")}
              onAsk={(content) => {
                props.onEditing("");
                actions.ask(content, message.parent_id);
              }}
              onShow={actions.showBranch}
            />
          ) : (
            <LiveAnswerView
              liveKey={props.conversationId}
              answer={message}
              siblings={siblings}
              faceName={face.name ?? face.username}
              isTraceOpen={message.trace_id !== null && message.trace_id === props.openTrace}
              onTrace={props.onTrace}
              onAgain={props.isWriting ? null : () => actions.answerAgain(message)}
              onShow={actions.showBranch}
            />
          )
        }
      </Turn>
    );
  },
  (before, after) =>
    before.message === after.message &&
    before.siblings.length === after.siblings.length &&
    before.face === after.face &&
    before.actions === after.actions &&
    before.isWriting === after.isWriting &&
    (before.editing === before.message.id) === (after.editing === after.message.id) &&
    (before.openTrace === before.message.trace_id) === (after.openTrace === after.message.trace_id),
);
