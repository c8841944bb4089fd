import { cookies } from "next/headers";
import { LandingPage } from "@/components/site/landing-page";
import { sessionCookieName } from "@/lib/auth/authenticate";
import { showSampleLine } from "@/lib/chat/show-sample-line";
import { publicUrl } from "@/lib/env";
import { readSampleFace } from "@/lib/faces/read-sample-face";
import { log } from "@/lib/log";

/** Rendered for every visit: the address is a setting of the installation, and the sample face a row of it. */
export default async function Page() {
  const isSignedIn = (await cookies()).has(sessionCookieName());
  const [sample, line] = await Promise.all([readSampleFace().catch(missing), showSampleLine().catch(missing)]);
  return <LandingPage sample={sample} line={line} publicUrl={publicUrl().origin} isSignedIn={isSignedIn} />;
}

/** The page says the same without the sample; why it is not there stands in the log. */
function missing(error: unknown): null {
  log.warn("the landing page is shown without the sample face", { error });
  return null;
}
