import { headers } from "next/headers";
import { Suspense, type ReactNode } from "react";
import { groupsOf } from "@/components/reference/reference-data";
import { ReferenceFrame } from "@/components/reference/reference-frame";
import { Providers } from "@/components/shell/providers";
import { authenticate } from "@/lib/auth/authenticate";
import { publicUrl } from "@/lib/env";
import { readOpenApi } from "@/lib/openapi/read-document";

export default async function Layout({ children }: { children: ReactNode }) {
  const [isSignedIn, document] = await Promise.all([hasSession(), readOpenApi()]);
  return (
    <Providers>
      <Suspense>
        <ReferenceFrame isSignedIn={isSignedIn} groups={groupsOf(document)}>
          {children}
        </ReferenceFrame>
      </Suspense>
    </Providers>
  );
}

/** Whether the dashboard would let this browser in: a cookie alone may be of a session that has ended. */
async function hasSession(): Promise<boolean> {
  const cookie = (await headers()).get("cookie") ?? "";
  try {
    await authenticate(new Request(publicUrl(), { headers: { cookie } }), "faces:read");
    return true;
  } catch {
    return false;
  }
}
