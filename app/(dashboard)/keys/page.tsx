import type { Metadata } from "next";
import { connection } from "next/server";
import { KeysPage } from "@/components/keys/keys-page";
import { publicUrl } from "@/lib/env";

export const metadata: Metadata = { title: "API keys" };

export default async function Page() {
  // The address is a setting of the installation, not of the build.
  await connection();
  return <KeysPage publicUrl={publicUrl().origin} />;
}
