import { Check, CircleDashed, CirclePause, CircleX, Clock, Link2, LoaderCircle, type LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn";

export type StatusTone = "done" | "waiting" | "queued" | "running" | "failed" | "stopped" | "follows";

const signs: Record<StatusTone, { icon: LucideIcon; className: string }> = {
  done: { icon: Check, className: "text-ink-2" },
  waiting: { icon: CircleDashed, className: "text-ink-2" },
  queued: { icon: Clock, className: "text-ink-2" },
  running: { icon: LoaderCircle, className: "text-accent" },
  failed: { icon: CircleX, className: "text-danger" },
  stopped: { icon: CirclePause, className: "text-danger" },
  follows: { icon: Link2, className: "text-ink-2" },
};

/** A state in an icon and a word; colour only repeats it. */
export function StatusLine({
  tone,
  children,
  className,
}: {
  tone: StatusTone;
  children: ReactNode;
  className?: string;
}) {
  const { icon: Icon, className: colour } = signs[tone];
  return (
    <span className={cn("num inline-flex items-center gap-1.5 text-2 whitespace-nowrap", colour, className)}>
      <Icon size={14} strokeWidth={1.75} aria-hidden className={tone === "running" ? "turning" : undefined} />
      {children}
    </span>
  );
}
