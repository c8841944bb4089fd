import { Search } from "lucide-react";
import type { ComponentProps } from "react";
import { cn } from "./cn";
import { Input } from "./input";

type SearchInputProps = Omit<ComponentProps<"input">, "type" | "aria-label"> & { label: string };

export function SearchInput({ label, className, ...props }: SearchInputProps) {
  return (
    <span className={cn("relative block", className)}>
      <Search
        size={16}
        strokeWidth={1.75}
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-ink-3"
      />
      <Input type="search" aria-label={label} className="pl-8" {...props} />
    </span>
  );
}
