import { cn } from "./cn";

type MeterProps = { value: number; max: number; label: string; tone?: "ink" | "accent"; className?: string };

/** How much of something is used or done. The number stands in text beside it. */
export function Meter({ value, max, label, tone = "ink", className }: MeterProps) {
  const share = max > 0 ? Math.max(0, Math.min(1, value / max)) : 0;
  return (
    <div
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={max}
      aria-valuenow={Math.min(value, max)}
      className={cn("h-1 overflow-hidden rounded-1 bg-sunk-2", className)}
    >
      <div
        className={cn(
          "h-full rounded-1 transition-[width] duration-(--slow)",
          tone === "accent" ? "bg-accent" : "bg-ink-2",
        )}
        style={{ width: `${share * 100}%` }}
      />
    </div>
  );
}
