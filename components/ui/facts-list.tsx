import { Fragment, type ReactNode } from "react";
import { cn } from "./cn";

export type Fact = { label: ReactNode; value: ReactNode; isStrong?: boolean };

/** Names on the left, values on the right, digits under digits. */
export function FactsList({ facts, className }: { facts: readonly Fact[]; className?: string }) {
  return (
    <dl className={cn("grid grid-cols-[1fr_auto] gap-x-4 gap-y-1 text-2", className)}>
      {facts.map((fact, index) => (
        <Fragment key={index}>
          <dt className={fact.isStrong ? "font-strong" : "text-ink-3"}>{fact.label}</dt>
          <dd className={cn("num text-right", fact.isStrong && "font-strong")}>{fact.value}</dd>
        </Fragment>
      ))}
    </dl>
  );
}
