import Link from "next/link";
import type { SampleLine as Line } from "@/lib/chat/schemas";
import type { FaceView } from "@/lib/faces/schemas";
import { siteText } from "@/components/strings/site";
import { CodeBlock } from "@/components/ui/code-block";
import { Hero } from "./hero";
import { SampleLine } from "./sample-line";
import { SiteHeader } from "./site-header";

type LandingPageProps = {
  /** the installation's sample face; null where there is none, or not yet */
  sample: FaceView | null;
  /** a sentence of it on its way into an answer */
  line: Line | null;
  /** where this installation is reached */
  publicUrl: string;
  isSignedIn: boolean;
};

/** What Faces is, said and shown with the face that every installation has. */
export function LandingPage({ sample, line, publicUrl, isSignedIn }: LandingPageProps) {
  return (
    <div className="mx-auto max-w-280 px-4 mid:px-6">
      <SiteHeader isSignedIn={isSignedIn} hasLine={line !== null} />
      <main id="main" tabIndex={-1} className="outline-none">
        <Hero sample={sample} isSignedIn={isSignedIn} />
        {sample && line ? (
          <section id="how">
            <h2 className="text-4 font-title">{siteText.lineTitle}</h2>
            <p className="mb-4 text-2 text-ink-3">{siteText.live}</p>
            <SampleLine line={line} name={nameOf(sample)} username={sample.username} />
          </section>
        ) : null}
        <Api publicUrl={publicUrl} face={sample?.username ?? "alice"} />
        <Promises />
      </main>
      <footer className="flex flex-wrap gap-x-4 gap-y-2 py-10 text-1 text-ink-3">
        <span>{siteText.runningOn(new URL(publicUrl).host)}</span>
        <Link href="/docs" className="link">
          {siteText.keptOfAText}
        </Link>
      </footer>
    </div>
  );
}

/** What somebody is called: the first of their names. */
export const nameOf = ({ name, username }: FaceView): string => name?.split(" ")[0] ?? username;

function Api({ publicUrl, face }: { publicUrl: string; face: string }) {
  const code = `# pip install openai
from openai import OpenAI

client = OpenAI(
    api_key="sk-faces-…",
    base_url="${publicUrl}/v1",
)
answer = client.chat.completions.create(
    model="${face}",
    messages=[{
        "role": "user",
        "content": "How do you decide?",
    }],
)
print(answer.choices[0].message.content)`;
  return (
    <section id="api" className="grid items-center gap-6 py-12 wide:grid-cols-2 wide:gap-10 wide:py-16">
      <div className="grid gap-3">
        <h2 className="text-4 font-title">{siteText.apiTitle}</h2>
        <p className="measure text-ink-2">{siteText.apiText}</p>
      </div>
      <CodeBlock code={code} label={siteText.codeLabel} className="min-w-0" />
    </section>
  );
}

function Promises() {
  return (
    <section id="host" className="border-y border-line wide:grid wide:grid-cols-3">
      {siteText.promises.map((promise) => (
        <div
          key={promise.title}
          className="grid content-start gap-3 border-t border-line py-5 first:border-t-0 wide:border-t-0 wide:border-l wide:px-6 wide:py-6 wide:first:border-l-0 wide:first:pl-0"
        >
          <h3>{promise.title}</h3>
          <p className="text-2 text-ink-2">{promise.text}</p>
        </div>
      ))}
    </section>
  );
}
