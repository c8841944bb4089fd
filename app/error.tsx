"use client";

import { Button } from "@/components/ui/button";
import { ErrorBlock } from "@/components/ui/error-block";

export default function PageError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <main id="main" className="mx-auto max-w-160 px-4 py-12">
      <ErrorBlock
        title="This page broke"
        requestId={error.digest}
        actions={<Button onClick={reset}>Load it again</Button>}
      >
        The fault is ours. Nothing that you saved is lost.
      </ErrorBlock>
    </main>
  );
}
