import { cn } from "./cn";

/** A key as it stands on the keyboard. Two that follow each other are two of these. */
export function Kbd({ children, className }: { children: string; className?: string }) {
  return (
    <kbd
      className={cn(
        "inline-block min-w-4.5 rounded-1 border border-line-2 bg-bg px-1 text-center font-sans text-1 text-ink-3",
        className,
      )}
    >
      {children}
    </kbd>
  );
}
