import type { Metadata } from "next";
import { Fingerprint } from "@/components/fingerprint/fingerprint";
import { Picture } from "@/components/portraits/face-avatar";
import { visitorText } from "@/components/strings/embed";
import type { VisitorPage as Shown } from "@/lib/embed/schemas";
import { ClosedPage } from "./closed-page";
import { fingerprintIcon } from "./fingerprint-icon";
import { VisitorChat } from "./visitor-chat";

type Open = { state: "open"; page: Shown; ticket: string; framer: string | null };
type Opened = Open | { state: "elsewhere" };

/** The page's title and its icon, which is the face's fingerprint. Searching machines have no business here. */
export function visitorMetadata(opened: Opened | { state: "closed" }): Metadata {
  const robots = { index: false, follow: false };
  if (opened.state !== "open") return { title: { absolute: visitorText.missingTitle }, robots };
  const { name, fingerprint } = opened.page;
  return {
    title: { absolute: visitorText.title(name) },
    description: null,
    robots,
    icons: { icon: { url: fingerprintIcon(fingerprint), type: "image/svg+xml" } },
  };
}

/** A face's page as its visitors see it. The theme is the owner's choice; left to itself it follows the system. */
export function VisitorPage({ token, opened }: { token: string; opened: Opened }) {
  if (opened.state !== "open") return <ClosedPage isElsewhere />;
  const { page, ticket, framer } = opened;
  const { theme, fingerprint, picture_url: picture, ...shown } = page;
  const drawn = <Fingerprint data={fingerprint} size={32} />;
  return (
    <div className="h-dvh bg-bg text-ink" {...(theme === "system" ? {} : { "data-theme": theme })}>
      <VisitorChat
        token={token}
        ticket={ticket}
        framer={framer}
        page={shown}
        figure={picture === null ? drawn : <Picture src={picture} size={32} alt="" instead={drawn} />}
      />
    </div>
  );
}
