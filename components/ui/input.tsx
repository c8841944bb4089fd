import type { ComponentProps } from "react";
import { cn } from "./cn";

/** Narrow screens get 15 px: below 16 px iOS zooms on focus, and 15 is the nearest of our sizes. */
const look =
  "control w-full rounded-2 border border-control-line bg-bg px-2.5 py-1 text-3 text-ink disabled:border-line-2 disabled:bg-sunk disabled:text-ink-3 aria-invalid:border-danger wide:text-2";

export function Input({ className, ...props }: ComponentProps<"input">) {
  return <input className={cn(look, className)} {...props} />;
}

export function Textarea({ className, ...props }: ComponentProps<"textarea">) {
  return <textarea className={cn(look, "resize-y py-2", className)} {...props} />;
}

/** The browser's own list: the best one on phones, and by keyboard. */
export function Select({ className, ...props }: ComponentProps<"select">) {
  return <select className={cn(look, "pr-1", className)} {...props} />;
}
