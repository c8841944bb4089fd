"use client";

import { PageProblem } from "@/components/shell/page-problem";
import "./globals.css";

/** When even the frame of all pages could not be drawn. */
export default function GlobalError(props: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <html lang="en" data-theme="light">
      <body>
        <main id="main">
          <PageProblem {...props} />
        </main>
      </body>
    </html>
  );
}
