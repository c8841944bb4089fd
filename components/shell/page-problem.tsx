"use client";

import Link from "next/link";
import { shellText } from "@/components/strings/shell";
import { Button } from "@/components/ui/button";
import { ErrorBlock } from "@/components/ui/error-block";

/** @param error `digest` stands in the server's log beside what really happened */
type PageProblemProps = { error: Error & { digest?: string }; reset: () => void };

const { errors } = shellText;

/** In place of a page that could not be drawn: what happened, what is not lost, and a way on. */
export function PageProblem({ error, reset }: PageProblemProps) {
  const isMissingPart = /chunk|dynamically imported module|module script/i.test(`${error.name} ${error.message}`);
  const [title, why] = isMissingPart
    ? [errors.part, errors.partWhy]
    : error.digest
      ? [errors.broke, errors.brokeWhy]
      : [errors.brokeHere, errors.brokeHereWhy];
  return (
    <div className="mx-auto max-w-160 px-4 py-12">
      <ErrorBlock
        title={title}
        requestId={error.digest}
        actions={
          <>
            <Button onClick={isMissingPart ? () => location.reload() : reset}>
              {isMissingPart ? errors.reload : errors.again}
            </Button>
            <Button asChild look="ghost">
              <Link href="/faces">{errors.toFaces}</Link>
            </Button>
          </>
        }
      >
        {why}
      </ErrorBlock>
    </div>
  );
}
