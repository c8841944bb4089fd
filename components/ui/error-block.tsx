import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { uiText } from "@/components/strings/ui";
import { cn } from "./cn";
import { CopyButton } from "./copy-button";

type ErrorBlockProps = {
  /** What happened. */
  title: string;
  /** Why, and what now. */
  children?: ReactNode;
  actions?: ReactNode;
  requestId?: string | null | undefined;
  className?: string;
};

/** What went wrong, why, and what now; with the request id to hand to whoever runs the installation. */
export function ErrorBlock({ title, children, actions, requestId, className }: ErrorBlockProps) {
  return (
    <div role="alert" className={cn("grid gap-2 rounded-3 border border-danger bg-danger-soft px-5 py-4", className)}>
      <p className="flex items-start gap-2 font-strong text-danger">
        <TriangleAlert size={16} strokeWidth={1.75} aria-hidden className="mt-1" />
        {title}
      </p>
      {children ? <div className="measure text-2 text-ink [overflow-wrap:anywhere]">{children}</div> : null}
      {actions ? <div className="flex flex-wrap gap-2 pt-1">{actions}</div> : null}
      {requestId ? (
        <p className="flex min-w-0 items-center gap-1.5 text-1 text-ink-2">
          {uiText.request} <code className="truncate">{requestId}</code>
          <CopyButton text={requestId} label={uiText.copyRequest} />
        </p>
      ) : null}
    </div>
  );
}
