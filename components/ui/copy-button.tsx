"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { uiText } from "@/components/strings/ui";
import { Button, type ButtonProps } from "./button";
import { IconButton } from "./icon-button";

/** Copied for two seconds after a success, then as before. */
function useCopy(text: string) {
  const [isCopied, setIsCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setIsCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const copy = () => void copyText(text).then(setIsCopied);
  return { isCopied, copy };
}

/** The clipboard API exists on https and localhost only; a self-hosted page in a local network may be neither. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement("textarea");
    area.value = text;
    area.style.position = "fixed";
    area.style.opacity = "0";
    (document.activeElement?.closest("[role=dialog]") ?? document.body).append(area);
    area.select();
    const isDone = document.execCommand("copy");
    area.remove();
    return isDone;
  }
}

export function CopyButton({ text, label, className }: { text: string; label: string; className?: string }) {
  const { isCopied, copy } = useCopy(text);
  const Icon = isCopied ? Check : Copy;
  return (
    <IconButton label={isCopied ? uiText.copied : label} onClick={copy} {...(className ? { className } : {})}>
      <Icon size={14} strokeWidth={1.75} aria-hidden />
    </IconButton>
  );
}

/** The same with words, where copying is the thing to do. */
export function CopyTextButton({ text, children, ...props }: Omit<ButtonProps, "onClick"> & { text: string }) {
  const { isCopied, copy } = useCopy(text);
  const Icon = isCopied ? Check : Copy;
  return (
    <Button onClick={copy} {...props}>
      <Icon size={16} strokeWidth={1.75} aria-hidden />
      <span aria-live="polite">{isCopied ? uiText.copied : children}</span>
    </Button>
  );
}
