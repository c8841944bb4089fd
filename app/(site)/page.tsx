import { connection } from "next/server";
import { LandingPage } from "@/components/site/landing-page";
import { publicUrl } from "@/lib/env";
import { readSampleFace } from "@/lib/faces/read-sample-face";

export default async function Page() {
  // The address is a setting of the installation, and the sample face a row of it: neither is known to the build.
  await connection();
  const sample = await readSampleFace().catch(() => null);
  return <LandingPage sample={sample} publicUrl={publicUrl().origin} />;
}
