"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { z } from "zod";
import { MessageView } from "@/lib/conversations/schemas";
import { parseJson } from "@/lib/json";
import { newAnswer, newQuestion, type ChatMessage } from "./chat-message";
import { sideText, type Side } from "./compare-choice";
import { stopAnswer, writeAnswer } from "./live-answers";
import { useLiveAnswer } from "./use-chat";

type Key = "a" | "b";
const liveKey = (key: Key): string => `compare.${key}`;

const Kept = z.object({
  question: MessageView.nullable(),
  answers: z.object({ a: MessageView.nullable(), b: MessageView.nullable() }),
});
type Comparison = { question: ChatMessage | null; answers: Record<Key, ChatMessage | null> };

const nothing: Comparison = { question: null, answers: { a: null, b: null } };
const storageKey = "faces.compare";

/** One question to two sides, both answered at once. What was answered survives a reload, in this tab. */
export function useComparison(a: Side, b: Side) {
  const client = useQueryClient();
  const [kept, setKept] = useState<Comparison>(read);
  const live = { a: useLiveAnswer(liveKey("a")), b: useLiveAnswer(liveKey("b")) };
  useEffect(() => write(kept), [kept]);

  async function answerOn(key: Key, question: ChatMessage) {
    const answer = newAnswer(question.id);
    setKept((now) => ({ question, answers: { ...now.answers, [key]: null } }));
    const messages = [{ role: "user", content: question.content }];
    const model = sideText(key === "a" ? a : b);
    const ended = await writeAnswer({ key: liveKey(key), answer, model, messages });
    setKept((now) => (now.question?.id === question.id ? { ...now, answers: { ...now.answers, [key]: ended } } : now));
    void client.invalidateQueries({ queryKey: ["billing"] });
  }

  return {
    question: kept.question,
    answers: { a: live.a ?? kept.answers.a, b: live.b ?? kept.answers.b },
    isWriting: live.a?.status === "writing" || live.b?.status === "writing",
    ask(content: string) {
      const question = newQuestion(content, null);
      void answerOn("a", question);
      void answerOn("b", question);
    },
    again: (key: Key) => kept.question && void answerOn(key, kept.question),
    stop() {
      stopAnswer(liveKey("a"));
      stopAnswer(liveKey("b"));
    },
  };
}

function read(): Comparison {
  try {
    const parsed = Kept.safeParse(parseJson(sessionStorage.getItem(storageKey) ?? ""));
    return parsed.success ? parsed.data : nothing;
  } catch {
    return nothing;
  }
}

function write(comparison: Comparison): void {
  try {
    sessionStorage.setItem(storageKey, JSON.stringify(comparison));
  } catch {
    // full or switched off: it lives as long as the page
  }
}
