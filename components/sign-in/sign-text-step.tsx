"use client";

import { Signature } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { signInText } from "@/components/strings/sign-in";
import { Button } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import { CopyTextButton } from "@/components/ui/copy-button";
import { RichText } from "@/components/ui/rich-text";

type SignTextStepProps = {
  message: string;
  expiresAt: string;
  walletName: string;
  busy: "signing" | "entering" | null;
  /** what is said while the signature is on its way */
  sending?: string;
  needsNewText: boolean;
  onSign: () => void;
  onRenew: () => void;
};

/** The exact text, how long it is valid, and the button that says which wallet will sign it. */
export function SignTextStep(props: SignTextStepProps) {
  const { message, expiresAt, walletName, busy, needsNewText, onSign, onRenew, sending = signInText.entering } = props;
  const secondsLeft = useSecondsUntil(expiresAt);
  const isExpired = secondsLeft === 0;
  const button = useFocusAt(`${message} ${busy ?? ""}`);

  return (
    <div className="grid gap-3">
      <p className="flex items-center gap-3">
        <span className="num w-4 text-center font-strong">{signInText.step}</span>
        <span className="mr-auto font-strong">{signInText.signThis}</span>
        <span className="num text-1 text-ink-3" role="timer">
          {isExpired ? signInText.expired : signInText.validFor(clock(secondsLeft))}
        </span>
      </p>
      <CodeBlock code={message} label={signInText.exactText} isWrapped isCopyable={false} />
      <p className="text-2 text-ink-2">
        <RichText text={signInText.allThatIsSigned} parts={{ host: () => <code>{firstWord(message)}</code> }} />
      </p>
      <div className="flex flex-wrap gap-3">
        {isExpired || needsNewText ? (
          <Button look="primary" size="big" onClick={onRenew}>
            {signInText.fetchNew}
          </Button>
        ) : (
          <Button ref={button} look="primary" size="big" onClick={onSign} disabled={busy !== null}>
            <Signature size={16} strokeWidth={1.75} aria-hidden />
            {busy === "entering" ? sending : wordsFor(busy, walletName)}
          </Button>
        )}
        <CopyTextButton text={message} look="ghost" size="big">
          {signInText.copyText}
        </CopyTextButton>
      </div>
    </div>
  );
}

function wordsFor(busy: SignTextStepProps["busy"], wallet: string): string {
  return busy === "signing" ? signInText.signing(wallet) : signInText.signIn(wallet);
}

const clock = (seconds: number): string => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

const firstWord = (message: string): string => message.split(" ", 1)[0] ?? "";

/** What was pressed to get here is gone, or could not be pressed for a while: the focus goes to the button again. */
function useFocusAt(step: string) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (document.activeElement === document.body || document.activeElement === null) button.current?.focus();
  }, [step]);
  return button;
}

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
