"use client";

import { useEffect, useRef, useState } from "react";
import { keepVisit, readVisit } from "./visit-memory";
import { type Said, visitorAnswer, VisitorProblem } from "./visitor-stream";

/** The server takes so much at once: what came before is left out, the oldest first. */
const most = { messages: 30, characters: 40_000 };

export type VisitorChatState = {
  messages: Said[];
  /** what is being written; null: nothing is */
  writing: string | null;
  problem: VisitorProblem | null;
};

/** A visitor's conversation: kept in this tab where the browser lets it be. */
export function useVisitorChat(token: string, freshTicket: string) {
  const [state, setState] = useState<VisitorChatState>({ messages: [], writing: null, problem: null });
  const ticket = useRef(freshTicket);
  const running = useRef<AbortController | null>(null);

  useEffect(() => {
    const visit = readVisit(token);
    if (visit === null) return;
    ticket.current = visit.ticket;
    setState((before) => (before.messages.length > 0 ? before : { ...before, messages: visit.messages }));
  }, [token]);
  useEffect(() => () => running.current?.abort(), []);

  async function answer(messages: Said[], isSecondTry = false): Promise<void> {
    const leaving = new AbortController();
    running.current?.abort();
    running.current = leaving;
    let text = "";
    const finish = (problem: VisitorProblem | null) => {
      if (running.current !== leaving) return;
      running.current = null;
      const all: Said[] = text === "" ? messages : [...messages, { role: "assistant", content: text }];
      setState({ messages: all, writing: null, problem });
      keepVisit(token, { ticket: ticket.current, messages: all });
    };
    setState({ messages, writing: "", problem: null });
    try {
      const ask = { token, visitor: ticket.current, messages: latest(messages), signal: leaving.signal };
      for await (const piece of visitorAnswer(ask)) {
        text += piece;
        if (running.current === leaving) setState({ messages, writing: text, problem: null });
      }
      finish(null);
    } catch (error) {
      if (leaving.signal.aborted) return finish(null);
      const problem = error instanceof VisitorProblem ? error : new VisitorProblem("unknown", String(error));
      // what the tab remembered is too old: the page came with a new one
      if (problem.code === "unauthorized" && !isSecondTry && ticket.current !== freshTicket) {
        ticket.current = freshTicket;
        return answer(messages, true);
      }
      finish(problem);
    }
  }

  return {
    ...state,
    send: (content: string) => void answer([...state.messages, { role: "user", content }]),
    /** asks the last question again */
    retry: () =>
      void answer(state.messages.at(-1)?.role === "assistant" ? state.messages.slice(0, -1) : state.messages),
    stop: () => running.current?.abort(),
    restart: () => {
      running.current?.abort();
      running.current = null;
      setState({ messages: [], writing: null, problem: null });
      keepVisit(token, { ticket: ticket.current, messages: [] });
    },
  };
}

function latest(messages: readonly Said[]): Said[] {
  const kept: Said[] = [];
  let characters = 0;
  for (const message of messages.toReversed()) {
    characters += message.content.length;
    if (kept.length === most.messages || characters > most.characters) break;
    kept.unshift(message);
  }
  // two questions in a row are fine, an answer without its question is not
  return kept[0]?.role === "assistant" ? kept.slice(1) : kept;
}
