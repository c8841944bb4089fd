import { uiText } from "@/components/strings/ui";
import { cn } from "./cn";

/** Five bars: how sure the compiler is that this is a statement of the face. @param value 0–1 */
export function Confidence({ value, className }: { value: number; className?: string }) {
  const level = Math.max(1, Math.min(5, Math.round(value * 5)));
  return (
    <span role="img" aria-label={uiText.confidence(level)} className={cn("inline-flex gap-0.5", className)}>
      {[1, 2, 3, 4, 5].map((step) => (
        <span key={step} className={cn("h-1 w-2.5 rounded-[1px]", step <= level ? "bg-ink-2" : "bg-line-2")} />
      ))}
    </span>
  );
}
