"use client";

import { memo, useMemo } from "react";
import { chatText } from "@/components/strings/chat";
import { CopyButton } from "@/components/ui/copy-button";
import { highlightCode, type CodePart } from "./highlight-code";

const look: Record<CodePart["kind"], string> = {
  plain: "",
  comment: "text-ink-3",
  string: "text-accent",
  number: "text-accent",
  keyword: "font-strong text-ink",
};

/** Code in an answer, its parts told apart by weight and tone: hues belong to the components of a face. */
export const CodeFence = memo(function CodeFence({ code, language }: { code: string; language: string }) {
  const parts = useMemo(() => highlightCode(code, language), [code, language]);
  return (
    <div className="relative overflow-hidden rounded-2 border border-line bg-sunk">
      <div className="flex min-h-9 items-center border-b border-line pr-1 pl-3.5 text-1 text-ink-3">
        <span className="mr-auto">{language}</span>
        <CopyButton text={code} label={chatText.copyCode} />
      </div>
      <pre
        tabIndex={0}
        aria-label={chatText.codeLabel(language)}
        className="mt-0! rounded-none! border-0! text-ink-2 [tab-size:2] -outline-offset-2"
      >
        <code>
          {parts.map((part, index) =>
            part.kind === "plain" ? (
              part.text
            ) : (
              <span key={index} className={look[part.kind]}>
                {part.text}
              </span>
            ),
          )}
        </code>
      </pre>
    </div>
  );
});
