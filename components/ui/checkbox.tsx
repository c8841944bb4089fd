import { useEffect, useRef } from "react";
import { cn } from "./cn";

type CheckboxProps = {
  label: string;
  checked: boolean;
  /** Some of what it stands for are checked. */
  isMixed?: boolean;
  onChange: (checked: boolean, isRange: boolean) => void;
  className?: string;
};

/** A box of its own, in a target of 24 px; its label is read out. `isRange`: pressed while Shift was held. */
export function Checkbox({ label, checked, isMixed = false, onChange, className }: CheckboxProps) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (input.current) input.current.indeterminate = isMixed && !checked;
  }, [isMixed, checked]);
  return (
    <span className={cn("grid size-6 place-items-center", className)}>
      <input
        ref={input}
        type="checkbox"
        aria-label={label}
        checked={checked}
        onChange={(event) =>
          onChange(event.target.checked, event.nativeEvent instanceof MouseEvent && event.nativeEvent.shiftKey)
        }
        className="size-4 accent-(--accent)"
      />
    </span>
  );
}
