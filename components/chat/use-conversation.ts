"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { ApiError } from "@/lib/http/fetch-json";
import { streamAnswer } from "./stream-answer";
import { emptyAnswer, parseTurns, toMessages, type Answer, type Turn } from "./turns";

/** Conversations live in this browser only; the API keeps no messages. */
const keyOf = (faceId: string): string => `faces.chat.${faceId}`;

/** One conversation with a face: kept over a reload, one answer at a time, stoppable. */
export function useConversation(faceId: string, model: string) {
  const client = useQueryClient();
  const [turns, setTurns] = useState<Turn[]>(() => parseTurns(read(keyOf(faceId))));
  const running = useRef<AbortController | null>(null);
  const isWriting = turns.some((turn) => turn.role === "assistant" && turn.status === "writing");

  useEffect(() => write(keyOf(faceId), turns), [faceId, turns]);
  useEffect(() => () => running.current?.abort(), []);

  const changeAnswer = (change: (answer: Answer) => Answer) =>
    setTurns((all) =>
      all.map((turn, index) => (index === all.length - 1 && turn.role === "assistant" ? change(turn) : turn)),
    );

  async function answer(asked: Turn[]) {
    const controller = new AbortController();
    running.current = controller;
    setTurns([...asked, emptyAnswer]);
    try {
      for await (const part of streamAnswer({ model, messages: toMessages(asked), signal: controller.signal })) {
        if (part.type === "start") changeAnswer((turn) => ({ ...turn, model: part.model, traceId: part.traceId }));
        else changeAnswer((turn) => ({ ...turn, content: turn.content + part.text }));
      }
      changeAnswer((turn) => ({ ...turn, status: "done" }));
    } catch (error) {
      changeAnswer((turn) =>
        controller.signal.aborted
          ? { ...turn, status: "stopped" }
          : { ...turn, status: "failed", error: errorOf(error) },
      );
    } finally {
      running.current = null;
      void client.invalidateQueries({ queryKey: ["billing"] });
    }
  }

  return {
    turns,
    isWriting,
    send: (content: string) => void answer([...turns, { role: "user", content }]),
    /** Asks for the last answer again. */
    retry: () => void answer(turns.slice(0, turns.findLastIndex((turn) => turn.role === "user") + 1)),
    stop: () => running.current?.abort(),
    clear: () => {
      running.current?.abort();
      setTurns([]);
    },
  };
}

function errorOf(error: unknown): Answer["error"] {
  if (error instanceof ApiError) return { message: error.message, requestId: error.requestId };
  return { message: "Something in this page broke. Ask again.", requestId: null };
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, turns: Turn[]): void {
  try {
    if (turns.length === 0) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(turns));
  } catch {
    // Full or switched off: the conversation lives as long as the page.
  }
}
