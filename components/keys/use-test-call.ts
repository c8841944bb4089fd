"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { z } from "zod";
import { bodyOf } from "./snippets";

const Completion = z.object({
  choices: z.array(z.object({ message: z.object({ content: z.string().nullish() }) })),
  usage: z.object({ total_tokens: z.number() }).nullish(),
});
const Refusal = z.object({ detail: z.string() });

export type TestAnswer = {
  status: number;
  seconds: number;
  /** what was said, or why it was refused */
  text: string;
  tokens: number | null;
  costUsd: number | null;
  model: string | null;
  requestId: string | null;
};

type TestCall = { key: string; face: string };

/** Calls the chat with a key as a program would: no cookie goes along. */
export function useTestCall() {
  const client = useQueryClient();
  // it was used, and may have spent
  return useMutation({ mutationFn: call, onSuccess: () => client.invalidateQueries({ queryKey: ["keys"] }) });
}

async function call({ key, face }: TestCall): Promise<TestAnswer> {
  const begun = performance.now();
  const response = await fetch("/v1/chat/completions", {
    method: "POST",
    credentials: "omit",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify(bodyOf(face)),
  });
  const body: unknown = await response.json().catch(() => null);
  const seconds = (performance.now() - begun) / 1000;
  const answer = Completion.safeParse(body).data;
  const { headers } = response;
  const cost = headers.get("x-faces-cost-usd");
  return {
    status: response.status,
    seconds,
    text: response.ok ? (answer?.choices[0]?.message.content ?? "") : (Refusal.safeParse(body).data?.detail ?? ""),
    tokens: answer?.usage?.total_tokens ?? null,
    costUsd: cost === null ? null : Number(cost),
    model: headers.get("x-faces-model"),
    requestId: headers.get("x-request-id"),
  };
}
