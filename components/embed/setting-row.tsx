import type { ReactNode } from "react";

/** A setting: what it is about on the left, what can be set on the right, a hairline before the next. */
export function SettingRow({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section
      aria-label={title}
      className="grid gap-x-6 gap-y-3 border-b border-line py-6 first:pt-0 last:border-b-0 mid:grid-cols-[136px_minmax(0,1fr)]"
    >
      <h3>{title}</h3>
      <div className="grid min-w-0 gap-4">{children}</div>
    </section>
  );
}
