import type { ComponentProps } from "react";
import { cn } from "./cn";

type IconButtonProps = Omit<ComponentProps<"button">, "aria-label"> & { label: string; hasTooltip?: boolean };

/** A button that is only an icon: its label is read out, and shown on hover. */
export function IconButton({ label, hasTooltip = true, className, type = "button", ...props }: IconButtonProps) {
  return (
    <button
      type={type}
      aria-label={label}
      data-tooltip={hasTooltip ? label : undefined}
      className={cn(
        "inline-grid size-9 shrink-0 place-items-center rounded-2 text-ink-3 transition-colors enabled:hover:bg-sunk-2 enabled:hover:text-ink disabled:opacity-50 aria-pressed:text-accent wide:size-7",
        className,
      )}
      {...props}
    />
  );
}
