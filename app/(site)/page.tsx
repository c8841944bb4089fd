import { connection } from "next/server";
import { signData } from "@/components/shell/mark";
import { LandingPage } from "@/components/site/landing-page";
import { publicUrl } from "@/lib/env";

export default async function Page() {
  // The address is a setting of the installation, not of the build.
  await connection();
  return <LandingPage fingerprint={signData} publicUrl={publicUrl().origin} />;
}
