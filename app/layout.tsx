import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { shellText } from "@/components/strings/shell";
import { nonceHeader } from "@/lib/http/security-headers";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: shellText.title, template: shellText.titleOf },
  description: shellText.description,
};

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#ffffff" },
    { media: "(prefers-color-scheme: dark)", color: "#0f1014" },
  ],
};

/** Asking for the nonce makes every page one that is rendered when it is asked for: a page made before has none. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get(nonceHeader) ?? undefined;
  return (
    // The theme script sets data-theme before React starts, so the server's markup differs on purpose.
    <html lang="en" suppressHydrationWarning>
      <head>
        {/* It must run before the first paint, or the page would flash in the other theme. */}
        {/* eslint-disable-next-line @next/next/no-sync-scripts */}
        <script src="/theme.js" nonce={nonce} suppressHydrationWarning />
      </head>
      <body>
        <a
          href="#main"
          className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:bg-bg focus:px-3 focus:py-2"
        >
          {shellText.skip}
        </a>
        {children}
      </body>
    </html>
  );
}
