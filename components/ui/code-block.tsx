import { uiText } from "@/components/strings/ui";
import { cn } from "./cn";
import { CopyButton } from "./copy-button";

type CodeBlockProps = { code: string; label: string; isWrapped?: boolean; isCopyable?: boolean; className?: string };

/** Text for machines. It scrolls sideways, or wraps where every word must be seen. */
export function CodeBlock({ code, label, isWrapped, isCopyable = true, className }: CodeBlockProps) {
  return (
    <div className={cn("relative", className)}>
      <pre
        tabIndex={0}
        aria-label={label}
        className={cn(
          "overflow-x-auto rounded-2 border border-line bg-sunk px-3.5 py-3 text-2 [tab-size:2]",
          isCopyable && "pr-12",
          isWrapped && "[overflow-wrap:anywhere] whitespace-pre-wrap",
        )}
      >
        {code}
      </pre>
      {isCopyable ? (
        <CopyButton text={code} label={uiText.copy} className="absolute top-1.5 right-1.5 bg-sunk" />
      ) : null}
    </div>
  );
}
