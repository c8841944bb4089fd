"use client";

import { PageProblem } from "@/components/shell/page-problem";

/** For pages outside of the dashboard, which have nothing around them. */
export default function PageError(props: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <main id="main">
      <PageProblem {...props} />
    </main>
  );
}
