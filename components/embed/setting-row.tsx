import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";

type SettingRowProps = { title: string; children: ReactNode; hasLine?: boolean };

/** A setting: what it is about on the left, what can be set on the right, a hairline before the next. */
export function SettingRow({ title, children, hasLine = true }: SettingRowProps) {
  return (
    <section
      aria-label={title}
      className={cn("grid gap-x-6 gap-y-3 py-6 mid:grid-cols-[136px_minmax(0,1fr)]", hasLine && "border-b border-line")}
    >
      <h2 className="text-2 leading-5 font-strong">{title}</h2>
      <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-4">{children}</div>
    </section>
  );
}
