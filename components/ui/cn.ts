import { clsx, type ClassValue } from "clsx";
import { extendTailwindMerge } from "tailwind-merge";

/** Our five sizes of type are numbers; without this they would be taken for colours. */
const merge = extendTailwindMerge({
  extend: {
    theme: { text: ["1", "2", "3", "4", "5"], "font-weight": ["text", "strong", "title"], radius: ["1", "2", "3"] },
  },
});

/** Joins class names; of two that contradict each other the last one wins. */
export function cn(...classes: ClassValue[]): string {
  return merge(clsx(classes));
}
