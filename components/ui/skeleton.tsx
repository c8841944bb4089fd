import { cn } from "./cn";

/** A place that something is about to fill, of the size it will have: nothing moves when it comes. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={cn("late block h-3 rounded-1 bg-sunk-2", className)} />;
}
