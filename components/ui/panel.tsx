import type { ReactNode } from "react";
import { cn } from "./cn";

type PanelProps = { title: ReactNode; aside?: ReactNode; children: ReactNode; className?: string; label?: string };

/** A box with a heading: a hairline, never a shadow, and never one within another. */
export function Panel({ title, aside, children, className, label }: PanelProps) {
  return (
    <section aria-label={label} className={cn("rounded-3 border border-line bg-bg", className)}>
      <header className="flex min-h-12 items-center gap-2 border-b border-line px-5 py-2">
        <h2 className="mr-auto">{title}</h2>
        {aside}
      </header>
      <div className="grid gap-4 p-5">{children}</div>
    </section>
  );
}
