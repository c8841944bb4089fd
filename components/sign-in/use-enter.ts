"use client";

import { useState } from "react";
import { signInText } from "@/components/strings/sign-in";
import { enter, NotEntered, type WayIn } from "./enter";
import type { SignInProblem } from "./sign-in-problem";

type Sent = { status: "idle" } | { status: "sending" } | { status: "failed"; problem: SignInProblem };

const { serverDown, refused, noReason } = signInText.problems;

/** Sends a form that begins a session. @param title of a refusal, which the server only gives a reason for */
export function useEnter(title: string, onSignedIn: () => void) {
  const [sent, setSent] = useState<Sent>({ status: "idle" });
  const send = async (way: WayIn) => {
    setSent({ status: "sending" });
    try {
      await enter(way);
      onSignedIn();
    } catch (error) {
      setSent({ status: "failed", problem: problemOf(error, title) });
    }
  };
  const forget = () => setSent((now) => (now.status === "failed" ? { status: "idle" } : now));
  return {
    isSending: sent.status === "sending",
    problem: sent.status === "failed" ? sent.problem : null,
    send,
    forget,
  };
}

function problemOf(error: unknown, title: string): SignInProblem {
  if (!(error instanceof NotEntered)) return serverDown;
  const isRefusal = error.title === refused.title;
  return { title: isRefusal ? title : error.title, reason: error.reason ?? noReason, requestId: error.requestId };
}
