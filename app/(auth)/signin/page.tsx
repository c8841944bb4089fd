import type { Metadata } from "next";
import { cookies } from "next/headers";
import { SignInPage } from "@/components/sign-in/sign-in-page";
import { signInText } from "@/components/strings/sign-in";
import { sessionCookieName } from "@/lib/auth/authenticate";
import { publicUrl } from "@/lib/env";

export const metadata: Metadata = { title: signInText.title };

export default async function Page() {
  const hasSession = (await cookies()).has(sessionCookieName());
  return <SignInPage host={publicUrl().host} hasSession={hasSession} />;
}
