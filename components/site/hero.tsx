import { UsersRound, Wallet } from "lucide-react";
import Link from "next/link";
import { componentKeys, componentNames, describeCounts } from "@/components/fingerprint/components";
import { Fingerprint } from "@/components/fingerprint/fingerprint";
import { RingKey } from "@/components/fingerprint/ring-key";
import { signData } from "@/components/shell/mark";
import { siteText } from "@/components/strings/site";
import { Button } from "@/components/ui/button";
import { RichText } from "@/components/ui/rich-text";
import type { FaceView } from "@/lib/faces/schemas";
import { nameOf } from "./landing-page";

type HeroProps = { sample: FaceView | null; isSignedIn: boolean };

export function Hero({ sample, isSignedIn }: HeroProps) {
  return (
    <section className="grid items-center gap-8 pt-6 pb-10 wide:grid-cols-[minmax(0,1fr)_540px] wide:gap-10 wide:pt-12 wide:pb-16">
      <div className="grid gap-6">
        <h1 className="text-5 font-title text-balance">{siteText.headline}</h1>
        <p className="measure text-ink-2">{siteText.lead}</p>
        <WaysIn sample={sample} isSignedIn={isSignedIn} />
        <p className="measure text-2 text-ink-3">
          {isSignedIn ? null : (
            <>
              <RichText
                text={siteText.noWallet}
                parts={{
                  invite: (words) => (
                    <Link href="/signin?with=invite" className="link">
                      {words}
                    </Link>
                  ),
                }}
              />{" "}
            </>
          )}
          {sample ? siteText.sample(nameOf(sample)) : null}
        </p>
      </div>
      <HeroFigure sample={sample} />
    </section>
  );
}

function WaysIn({ sample, isSignedIn }: HeroProps) {
  const chat = sample ? `/faces/${sample.username}/chat` : null;
  return (
    <div className="flex flex-wrap gap-3">
      <Button asChild look="primary" size="big">
        {isSignedIn ? (
          <Link href="/faces">
            <UsersRound size={16} strokeWidth={1.75} aria-hidden />
            {siteText.yourFaces}
          </Link>
        ) : (
          <Link href="/signin">
            <Wallet size={16} strokeWidth={1.75} aria-hidden />
            {siteText.signInWithWallet}
          </Link>
        )}
      </Button>
      {sample && chat ? (
        <Button asChild size="big">
          {isSignedIn ? (
            <Link href={chat}>{siteText.talkTo(nameOf(sample))}</Link>
          ) : (
            <Link href={`/signin?next=${encodeURIComponent(chat)}`}>{siteText.signInAndTalkTo(nameOf(sample))}</Link>
          )}
        </Button>
      ) : null}
    </div>
  );
}

/** The sample face's own fingerprint with its own numbers; without one the sign of the product, which claims none. */
function HeroFigure({ sample }: { sample: FaceView | null }) {
  const data = sample?.fingerprint ?? signData;
  const title = sample
    ? siteText.fingerprintOf(sample.name ?? sample.username, describeCounts(sample.component_counts))
    : siteText.fingerprint;
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
        {sample ? siteText.captionOf(nameOf(sample)) : siteText.caption} {siteText.captionRest}
      </figcaption>
    </figure>
  );
}
