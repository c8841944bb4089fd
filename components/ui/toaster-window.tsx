"use client";

import { useEffect } from "react";
import { Toaster as Sonner, toast } from "sonner";
import { toastsStand } from "./toast";

const button = "ml-auto min-h-8 shrink-0 rounded-1 px-2.5 font-strong underline underline-offset-3";

/** The part that has to be loaded: see toast.ts. */
export function ToasterWindow() {
  // an effect of a child runs first: it listens by now
  useEffect(() => toastsStand(toast), []);
  return (
    <Sonner
      position="bottom-center"
      gap={8}
      toastOptions={{
        unstyled: true,
        duration: 6000,
        classNames: {
          toast:
            "font-sans flex min-h-11 w-full items-center gap-3 rounded-2 bg-ink py-1.5 pr-1.5 pl-3.5 text-2 text-bg mid:w-[var(--width)]",
          error: "border border-danger !bg-danger-soft !text-ink",
          actionButton: button,
          cancelButton: button,
          icon: "hidden",
        },
      }}
    />
  );
}
