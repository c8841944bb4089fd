"use client";

import { lazy, Suspense, useMemo } from "react";
import type { ChatMessage } from "./chat-message";
import { OpenReference } from "./open-reference";
import { numberQuotes } from "./references";
import { builtinModel } from "./use-models";
import { useTrace } from "./use-trace";

/** It weighs more than the rest of the page; until it is there one reads the plain words. */
const Markdown = lazy(() => import("./markdown").then((module) => ({ default: module.Markdown })));

/**
 * The words of an answer. Quotes of the built-in engine are numbered, since they can be found letter for letter in what
 * went in; of a language model's words nobody can say where they are from.
 */
export function AnswerText({ answer, onReference }: { answer: ChatMessage; onReference: (number: number) => void }) {
  const { content, status, trace_id: traceId } = answer;
  const isQuoting = answer.model === builtinModel && status === "done";
  const trace = useTrace(traceId ?? "", isQuoting);
  const items = trace.data?.items;
  const text = useMemo(
    () => (isQuoting && items ? numberQuotes(content, items).text : content),
    [isQuoting, items, content],
  );
  return (
    <OpenReference value={isQuoting ? onReference : null}>
      <Suspense fallback={<p className="[overflow-wrap:anywhere] whitespace-pre-wrap">{content}</p>}>
        <Markdown text={text} isWriting={status === "writing"} />
      </Suspense>
    </OpenReference>
  );
}
