import type { ReactNode } from "react";
import { cn } from "./cn";

/** A short fact beside a thing: a model, a state, a mark. */
export function Chip({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <span
      className={cn(
        "inline-flex min-h-6 items-center gap-1.5 rounded-full border border-line-2 bg-bg px-2 text-1 whitespace-nowrap text-ink-2",
        className,
      )}
    >
      {children}
    </span>
  );
}
