import type { ComponentProps } from "react";
import { cn } from "./cn";
import { Tooltip } from "./tooltip";

type IconButtonProps = Omit<ComponentProps<"button">, "aria-label"> & { label: string; hasTooltip?: boolean };

/** A button that is only an icon: its label is read out, and shown on hover. */
export function IconButton({ label, hasTooltip = true, className, type = "button", ...props }: IconButtonProps) {
  const button = (
    <button
      type={type}
      aria-label={label}
      className={cn(
        "inline-grid size-9 shrink-0 place-items-center rounded-2 text-ink-3 transition-colors enabled:hover:bg-sunk-2 enabled:hover:text-ink disabled:opacity-50 aria-pressed:text-accent wide:size-7",
        className,
      )}
      {...props}
    />
  );
  return hasTooltip ? <Tooltip label={label}>{button}</Tooltip> : button;
}
