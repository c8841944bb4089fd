"use client";

import { Circle, CircleCheck, X } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { toast } from "@/components/ui/toast";
import { useAccount } from "@/components/account/use-account";
import { useFaces } from "@/components/faces/use-faces";
import { onboardingText } from "@/components/strings/onboarding";
import { cn } from "@/components/ui/cn";
import { IconButton } from "@/components/ui/icon-button";
import { firstSteps, type FirstStep } from "./first-steps";
import { useHidden, useOnboarding } from "./use-onboarding";

/**
 * What a newcomer does first, ticked by what is really there. It goes when somebody puts it away, and is not shown
 * again where everything was done before this page was opened.
 */
export function OnboardingChecklist() {
  const { data: account } = useAccount();
  const { data: faces } = useFaces();
  const [isHidden, setIsHidden] = useHidden(account?.id);
  const done = account?.onboarding;
  const { isComplete } = useOnboarding(done, !isHidden);
  const wasIncomplete = useWasEver(done !== undefined && !isComplete);
  if (!done || !faces || isHidden || (isComplete && !wasIncomplete)) return null;

  const hide = () => {
    setIsHidden(true);
    toast(onboardingText.hidden, { action: { label: onboardingText.undo, onClick: () => setIsHidden(false) } });
  };
  return (
    <section aria-label={onboardingText.title} className="relative mb-6">
      <ol className="rounded-3 border border-line wide:flex">
        {firstSteps(done, faces).map((step) => (
          <Step key={step.id} step={step} />
        ))}
      </ol>
      <IconButton label={onboardingText.hide} onClick={hide} className="absolute top-1.5 right-1.5">
        <X size={16} strokeWidth={1.75} aria-hidden />
      </IconButton>
    </section>
  );
}

function useWasEver(isSo: boolean): boolean {
  const [was, setWas] = useState(isSo);
  if (isSo && !was) setWas(true);
  return was || isSo;
}

function Step({ step }: { step: FirstStep }) {
  const Icon = step.isDone ? CircleCheck : Circle;
  return (
    <li
      aria-current={step.isNext ? "step" : undefined}
      className={cn(
        "grid grid-cols-[16px_1fr] content-start gap-2.5 border-t border-line px-3.5 py-3 text-2 first:rounded-t-3 first:border-t-0 first:pr-11 last:rounded-b-3 wide:flex-1 wide:border-t-0 wide:border-l wide:first:rounded-l-3 wide:first:rounded-tr-none wide:first:border-l-0 wide:first:pr-3.5 wide:last:rounded-r-3 wide:last:rounded-bl-none wide:last:pr-11",
        step.isNext && "bg-accent-soft wide:flex-[1.9]",
      )}
    >
      <Icon
        size={16}
        strokeWidth={1.75}
        aria-hidden
        className={cn("mt-0.5", step.isDone ? "text-ink-3" : "text-ink")}
      />
      <StepWords step={step} />
    </li>
  );
}

function StepWords({ step: { label, why, isDone, isNext, href } }: { step: FirstStep }) {
  if (isDone) {
    return (
      <span className="text-ink-3">
        {label} <span className="sr-only">{onboardingText.done}</span>
      </span>
    );
  }
  return (
    <span>
      <Link href={href} className={isNext ? "link font-strong" : "text-ink no-underline hover:underline"}>
        {label}
      </Link>
      {isNext ? <span className="text-ink-2">{why}</span> : null}
    </span>
  );
}
