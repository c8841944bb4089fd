import { cva, type VariantProps } from "class-variance-authority";
import { Slot } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./cn";

const buttonStyle = cva(
  "inline-flex shrink-0 items-center justify-center gap-1.5 whitespace-nowrap rounded-2 border font-strong no-underline transition-colors disabled:border-line disabled:bg-sunk-2 disabled:text-ink-3 aria-disabled:border-line aria-disabled:bg-sunk-2 aria-disabled:text-ink-3",
  {
    variants: {
      look: {
        plain:
          "border-line-2 bg-bg text-ink enabled:hover:border-control-line enabled:hover:bg-sunk [a&]:hover:border-control-line [a&]:hover:bg-sunk",
        primary:
          "border-accent bg-accent text-on-accent enabled:hover:border-accent-hover enabled:hover:bg-accent-hover [a&]:hover:border-accent-hover [a&]:hover:bg-accent-hover",
        ghost:
          "border-transparent bg-transparent text-ink-2 disabled:border-transparent disabled:bg-transparent enabled:hover:bg-sunk-2 enabled:hover:text-ink [a&]:hover:bg-sunk-2 [a&]:hover:text-ink",
        danger: "border-line-2 bg-bg text-danger enabled:hover:border-danger enabled:hover:bg-danger-soft",
      },
      size: {
        normal: "control px-3 text-2",
        big: "min-h-10 px-4 text-3",
        square: "control w-10 px-0 wide:w-8",
      },
    },
    defaultVariants: { look: "plain", size: "normal" },
  },
);

export type ButtonProps = ComponentProps<"button"> & VariantProps<typeof buttonStyle> & { asChild?: boolean };

/** A button says what will happen. With `asChild` its only child, a link, takes the look. */
export function Button({ look, size, asChild, className, type = "button", ...props }: ButtonProps) {
  const style = cn(buttonStyle({ look, size }), className);
  if (asChild) return <Slot.Root className={style} {...props} />;
  return <button type={type} className={style} {...props} />;
}
