import { Wallet } from "lucide-react";
import Link from "next/link";
import { componentKeys, componentNames, describeCounts } from "@/components/fingerprint/components";
import { Fingerprint } from "@/components/fingerprint/fingerprint";
import { RingKey } from "@/components/fingerprint/ring-key";
import { Mark, signData } from "@/components/shell/mark";
import { ThemeSwitch } from "@/components/shell/theme-switch";
import { Button } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import type { FaceView } from "@/lib/faces/schemas";
import { SampleLine } from "./sample-line";

const navLink = "hidden py-1 text-2 text-ink-2 no-underline hover:text-ink wide:block";

/**
 * @param sample the installation's sample face; null where there is none, or not yet
 * @param publicUrl where this installation is reached
 */
export function LandingPage({ sample, publicUrl }: { sample: FaceView | null; publicUrl: string }) {
  return (
    <div className="mx-auto max-w-280 px-4 mid:px-6">
      <header className="flex h-16 items-center gap-4 wide:gap-6">
        <Mark href="/" className="mr-auto" />
        <a href="#how" className={navLink}>
          How it works
        </a>
        <a href="#api" className={navLink}>
          API
        </a>
        <Link href="/docs" className={navLink}>
          What is kept
        </Link>
        <a href="#host" className={navLink}>
          Host it yourself
        </a>
        <ThemeSwitch />
        <Button asChild>
          <Link href="/signin">Sign in</Link>
        </Button>
      </header>
      <main id="main" tabIndex={-1} className="outline-none">
        <Hero sample={sample} />
        <section id="how">
          <h2 className="mb-4 text-4 font-title">One sentence, followed all the way</h2>
          <SampleLine />
        </section>
        <Api publicUrl={publicUrl} face={sample?.username ?? "alice"} />
        <Promises />
      </main>
      <footer className="py-10 text-1 text-ink-3">Faces, running on {new URL(publicUrl).host}</footer>
    </div>
  );
}

function Hero({ sample }: { sample: FaceView | null }) {
  return (
    <section className="grid items-center gap-8 pt-6 pb-10 wide:grid-cols-[minmax(0,1fr)_540px] wide:gap-10 wide:pt-12 wide:pb-16">
      <div className="grid gap-6">
        <h1 className="text-5 font-title text-balance">How someone thinks, compiled from what they wrote.</h1>
        <p className="measure text-ink-2">
          Give Faces a journal, an interview, a conversation. It turns them into short statements, each tied to the
          sentence it rests on, and lets any OpenAI client talk to the result.
        </p>
        <div className="flex flex-wrap gap-3">
          <Button asChild look="primary" size="big">
            <Link href="/signin">
              <Wallet size={16} strokeWidth={1.75} aria-hidden />
              Sign in with a wallet
            </Link>
          </Button>
          {sample ? (
            <Button asChild size="big">
              <Link href={`/signin?next=/faces/${sample.username}/chat`}>Sign in and talk to Mara</Link>
            </Button>
          ) : null}
        </div>
        {sample ? (
          <p className="measure text-2 text-ink-3">
            Mara is the sample face, an invented designer in Berlin, compiled from a journal, an interview and a chat.
            Asking her needs no text of your own.
          </p>
        ) : null}
      </div>
      <HeroFigure sample={sample} />
    </section>
  );
}

/** The sample face's own fingerprint with its own numbers; without one the sign of the product, which claims none. */
function HeroFigure({ sample }: { sample: FaceView | null }) {
  const data = sample?.fingerprint ?? signData;
  const title = sample
    ? `Fingerprint of ${sample.name ?? sample.username}: ${describeCounts(sample.component_counts)}`
    : "A fingerprint of four rings";
  return (
    <figure className="min-w-0">
      <div className="hidden wide:block">
        <Fingerprint data={data} size={400} labels={sample !== null} title={title} />
      </div>
      <div className="wide:hidden">
        <div className="[&>svg]:h-auto [&>svg]:max-w-full">
          <Fingerprint data={data} size={320} title={title} />
        </div>
        <p className="mt-4 flex flex-wrap gap-x-4 gap-y-1.5 text-2 text-ink-2">
          {componentKeys.map((key) => (
            <span key={key} className="flex items-center gap-2">
              <RingKey component={key} />
              {componentNames[key].name}
              {sample ? <span className="num text-ink-3">{sample.component_counts[key]}</span> : null}
            </span>
          ))}
        </p>
      </div>
      <figcaption className="measure mt-4 text-1 text-ink-3">
        {sample ? "Mara’s fingerprint, as this installation compiled her." : "The fingerprint of a face."} An arc is a
        kind of statement; its length is its share, its strength the confidence.
      </figcaption>
    </figure>
  );
}

function Api({ publicUrl, face }: { publicUrl: string; face: string }) {
  const code = `# pip install openai
from openai import OpenAI

client = OpenAI(api_key="sk-faces-…", base_url="${publicUrl}/v1")
answer = client.chat.completions.create(
    model="${face}",
    messages=[{"role": "user", "content": "What do you never do?"}],
)
print(answer.choices[0].message.content)`;
  return (
    <section id="api" className="grid items-center gap-6 py-12 wide:grid-cols-2 wide:gap-10 wide:py-16">
      <div className="grid gap-3">
        <h2 className="text-4 font-title">Change the base URL, keep your client</h2>
        <p className="measure text-ink-2">
          The name of a face goes where the name of a model goes. Behind a language model, streaming, tools and the rest
          of the request stay as you sent them. Put a model after the @ to choose who speaks.
        </p>
      </div>
      <CodeBlock code={code} label="Calling a face from Python" className="min-w-0" />
    </section>
  );
}

const promises = [
  {
    title: "On your own machine",
    text: "One command, one database. Without a provider key the built-in engine answers with the face’s own statements, and says that it is not a language model.",
  },
  {
    title: "A price before it runs",
    text: "Every sync is quoted first, and the charge never goes above the quote. Every answer can show what went in and what it cost.",
  },
  { title: "Deleted means gone", text: "Remove a document and the face is what it would have been without it." },
];

function Promises() {
  return (
    <section id="host" className="border-y border-line wide:grid wide:grid-cols-3">
      {promises.map((promise) => (
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
