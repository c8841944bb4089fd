"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
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

let kept: Comparison | undefined;
const listeners = new Set<() => void>();
const keptNow = (): Comparison => (kept ??= read());

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Outlives the page that shows it: an answer may end while one looks at something else. */
function keep(change: (now: Comparison) => Comparison): void {
  kept = change(keptNow());
  write(kept);
  for (const listener of listeners) listener();
}

/** One question to two sides, both answered at once. What was answered survives a reload, in this tab. */
export function useComparison(a: Side, b: Side) {
  const client = useQueryClient();
  const { question, answers } = useSyncExternalStore(subscribe, keptNow, () => nothing);
  const live = { a: useLiveAnswer(liveKey("a")), b: useLiveAnswer(liveKey("b")) };

  async function answerOn(key: Key, asked: ChatMessage) {
    const answer = newAnswer(asked.id);
    keep((now) => ({ question: asked, answers: { ...now.answers, [key]: null } }));
    const messages = [{ role: "user", content: asked.content }];
    const model = sideText(key === "a" ? a : b);
    const ended = await writeAnswer({ key: liveKey(key), answer, model, messages });
    keep((now) => (now.question?.id === asked.id ? { ...now, answers: { ...now.answers, [key]: ended } } : now));
    void client.invalidateQueries({ queryKey: ["billing"] });
  }

  return {
    question,
    answers: { a: live.a ?? answers.a, b: live.b ?? answers.b },
    isWriting: live.a?.status === "writing" || live.b?.status === "writing",
    ask(content: string) {
      const asked = newQuestion(content, null);
      void answerOn("a", asked);
      void answerOn("b", asked);
    },
    again: (key: Key) => question && void answerOn(key, question),
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
