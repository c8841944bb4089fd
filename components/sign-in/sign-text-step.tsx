"use client";

import { Signature } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import { CopyTextButton } from "@/components/ui/copy-button";

type SignTextStepProps = {
  message: string;
  expiresAt: string;
  walletName: string;
  busy: "signing" | "entering" | null;
  onSign: () => void;
  onRenew: () => void;
};

/** The exact text, how long it is valid, and the button that says which wallet will sign it. */
export function SignTextStep({ message, expiresAt, walletName, busy, onSign, onRenew }: SignTextStepProps) {
  const secondsLeft = useSecondsUntil(expiresAt);
  const isExpired = secondsLeft === 0;

  return (
    <div className="grid gap-3">
      <p className="flex items-center gap-3">
        <span className="num w-4 text-center font-strong">2</span>
        <span className="mr-auto font-strong">Sign this text</span>
        <span className="num text-1 text-ink-3" role="timer">
          {isExpired
            ? "expired"
            : `valid for ${Math.floor(secondsLeft / 60)}:${String(secondsLeft % 60).padStart(2, "0")}`}
        </span>
      </p>
      <CodeBlock code={message} label="The exact text to be signed" isWrapped isCopyable={false} />
      <p className="text-2 text-ink-2">
        This is all that will be signed. Your wallet must show the same words, with <code>{firstWord(message)}</code> in
        the first line. It sends no transaction and costs nothing.
      </p>
      <div className="flex flex-wrap gap-3">
        {isExpired ? (
          <Button look="primary" size="big" onClick={onRenew}>
            Fetch a new text
          </Button>
        ) : (
          <Button look="primary" size="big" onClick={onSign} disabled={busy !== null}>
            <Signature size={16} strokeWidth={1.75} aria-hidden />
            {busy === "signing"
              ? `Sign it in ${walletName}`
              : busy === "entering"
                ? "Signing you in"
                : `Sign this text in ${walletName}`}
          </Button>
        )}
        <CopyTextButton text={message} look="ghost" size="big">
          Copy the text
        </CopyTextButton>
      </div>
    </div>
  );
}

const firstWord = (message: string): string => message.split(" ", 1)[0] ?? "";

function useSecondsUntil(iso: string): number {
  const secondsUntil = () => Math.max(0, Math.ceil((Date.parse(iso) - Date.now()) / 1000));
  const [seconds, setSeconds] = useState(secondsUntil);
  useEffect(() => {
    setSeconds(secondsUntil());
    const timer = setInterval(() => setSeconds(secondsUntil()), 1000);
    return () => clearInterval(timer);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the function only reads `iso`
  }, [iso]);
  return seconds;
}
