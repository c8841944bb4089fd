import { Suspense, type ReactNode } from "react";
import { AppShell } from "@/components/shell/app-shell";
import { Providers } from "@/components/shell/providers";

/**
 * The boundary stands outside of the shell: two boundaries hydrate one after the other, and what
 * the first has fetched by then would differ from what the server drew in the second.
 */
export default function DashboardLayout({ children }: { children: ReactNode }) {
  return (
    <Providers>
      <Suspense>
        <AppShell>{children}</AppShell>
      </Suspense>
    </Providers>
  );
}
