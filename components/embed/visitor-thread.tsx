import { useEffect, useRef } from "react";
import { visitorText } from "@/components/strings/embed";
import type { VisitorPage } from "@/lib/embed/schemas";
import { PlainMarkdown } from "./plain-markdown";
import type { useVisitorChat } from "./use-visitor-chat";
import type { VisitorProblem } from "./visitor-stream";

type VisitorThreadProps = {
  page: Omit<VisitorPage, "theme" | "fingerprint" | "picture_url">;
  chat: ReturnType<typeof useVisitorChat>;
  isResting: boolean;
};

/** So near to its end, in pixels, whoever reads is following. */
const followPixels = 80;

/** What was said. It follows the answer while it is written, unless the reader has gone up. */
export function VisitorThread({ page, chat, isResting }: VisitorThreadProps) {
  const { messages, writing, problem } = chat;
  const list = useRef<HTMLDivElement>(null);
  const isFollowing = useRef(true);

  useEffect(() => {
    const element = list.current;
    if (element === null || !isFollowing.current) return;
    // nothing was said yet: one begins to read at the top
    element.scrollTop = messages.length === 0 ? 0 : element.scrollHeight;
  }, [messages, writing, problem]);

  return (
    <main
      id="main"
      ref={list}
      tabIndex={-1}
      onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
        isFollowing.current = scrollHeight - scrollTop - clientHeight < followPixels;
      }}
      className="overflow-y-auto overscroll-contain px-4 py-5 outline-none"
    >
      <div data-content className="mx-auto grid max-w-160 grid-cols-[minmax(0,1fr)] gap-5">
        {messages.length === 0 && writing === null ? (
          <Opening page={page} isResting={isResting} onAsk={chat.send} />
        ) : null}
        <div
          role="log"
          aria-label={visitorText.messages}
          aria-busy={writing !== null}
          className="grid grid-cols-[minmax(0,1fr)] gap-5"
        >
          {messages.map(({ role, content }, index) =>
            role === "user" ? <Question key={index} text={content} /> : <PlainMarkdown key={index} text={content} />,
          )}
          {writing === null ? null : writing === "" ? (
            <p className="text-ink-3">{visitorText.answering(page.name)}</p>
          ) : (
            <PlainMarkdown text={writing} />
          )}
        </div>
        {problem === null ? null : <Problem problem={problem} onRetry={chat.retry} />}
      </div>
    </main>
  );
}

function Question({ text }: { text: string }) {
  return (
    <p className="ml-auto max-w-[85%] rounded-3 bg-sunk-2 px-4 py-2 [overflow-wrap:anywhere] whitespace-pre-wrap">
      <span className="sr-only">{visitorText.you}: </span>
      {text}
    </p>
  );
}

type OpeningProps = Pick<VisitorThreadProps, "page" | "isResting"> & { onAsk: (text: string) => void };

function Opening({ page: { name, greeting, suggestions }, isResting, onAsk }: OpeningProps) {
  if (isResting) return <p className="text-ink-2">{visitorText.resting(name)}</p>;
  return (
    <>
      <p className="[overflow-wrap:anywhere] whitespace-pre-wrap text-ink-2">{greeting || visitorText.opening(name)}</p>
      {suggestions.length === 0 ? null : (
        <ul aria-label={visitorText.suggestions} className="flex flex-wrap gap-2">
          {suggestions.map((question) => (
            <li key={question} className="max-w-full">
              <button
                type="button"
                onClick={() => onAsk(question)}
                className="min-h-9 rounded-3 border border-line-2 px-3 py-1.5 text-left text-2 [overflow-wrap:anywhere] hover:border-control-line hover:bg-sunk"
              >
                {question}
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** What a visitor can do about it, if anything. */
function Problem({ problem, onRetry }: { problem: VisitorProblem; onRetry: () => void }) {
  const isOver = problem.code === "not_found";
  const isOld = problem.code === "unauthorized";
  return (
    <div role="alert" className="grid justify-items-start gap-2 border-l-2 border-line-2 pl-3 text-2 text-ink-2">
      <p className="[overflow-wrap:anywhere]">{problem.message}</p>
      {isOver ? null : (
        <button
          type="button"
          onClick={isOld ? () => location.reload() : onRetry}
          className="min-h-8 rounded-2 border border-line-2 px-3 font-strong text-ink hover:border-control-line hover:bg-sunk"
        >
          {isOld ? visitorText.reload : visitorText.tryAgain}
        </button>
      )}
    </div>
  );
}
