import type { ReactNode } from "react";
import { ApiError } from "@/lib/http/fetch-json";
import { uiText } from "@/components/strings/ui";
import { Button } from "./button";
import { ErrorBlock } from "./error-block";

type ApiErrorBlockProps = {
  title: string;
  error: unknown;
  onRetry?: (() => void) | undefined;
  actions?: ReactNode;
  className?: string;
};

/** A failed request: what was tried, the server's reason, and a way on. */
export function ApiErrorBlock({ title, error, onRetry, actions, className }: ApiErrorBlockProps) {
  const isApi = error instanceof ApiError;
  return (
    <ErrorBlock
      title={title}
      requestId={isApi ? error.requestId : null}
      actions={
        onRetry || actions ? (
          <>
            {onRetry ? <Button onClick={onRetry}>{uiText.tryAgain}</Button> : null}
            {actions}
          </>
        ) : null
      }
      {...(className ? { className } : {})}
    >
      {isApi ? error.message : uiText.pageBroke}
    </ErrorBlock>
  );
}
