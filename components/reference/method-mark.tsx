import { cn } from "@/components/ui/cn";

/** How a route is called. The word tells it; weight only helps to find it. */
export function MethodMark({ method, className }: { method: string; className?: string }) {
  return (
    <span
      className={cn("inline-block font-mono text-1 text-ink-3", method !== "GET" && "font-strong text-ink", className)}
    >
      {method}
    </span>
  );
}
