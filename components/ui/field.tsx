import { TriangleAlert } from "lucide-react";
import { useId, type ReactNode } from "react";
import { uiText } from "@/components/strings/ui";
import { cn } from "./cn";

type FieldControl = { id: string; "aria-describedby"?: string; "aria-invalid"?: true };

type FieldProps = {
  label: ReactNode;
  hint?: ReactNode;
  /** What is wrong and what would be right, in one sentence. */
  error?: string | null | undefined;
  optional?: boolean;
  className?: string;
  children: (control: FieldControl) => ReactNode;
};

/** A label, its control, and the line below it: the hint, or what is wrong. */
export function Field({ label, hint, error, optional, className, children }: FieldProps) {
  const id = useId();
  const noteId = `${id}-note`;
  const control: FieldControl = {
    id,
    ...(hint || error ? { "aria-describedby": noteId } : {}),
    ...(error ? { "aria-invalid": true as const } : {}),
  };

  return (
    <div className={cn("grid content-start gap-1", className)}>
      <label htmlFor={id} className="text-2 font-strong">
        {label}
        {optional ? <span className="font-text text-ink-3"> {uiText.optional}</span> : null}
      </label>
      {children(control)}
      {error ? (
        <p id={noteId} className="flex items-start gap-1.5 text-1 text-danger">
          <TriangleAlert size={14} strokeWidth={1.75} aria-hidden className="mt-px" />
          {error}
        </p>
      ) : hint ? (
        <p id={noteId} className="text-1 text-ink-3">
          {hint}
        </p>
      ) : null}
    </div>
  );
}
