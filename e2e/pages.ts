import type { Furnished } from "./furnish";

/** A page as a person can open it; `ready` is a heading or a text that stands there once its data has come. */
export type PageAddress = { name: string; path: string; ready: RegExp; isSignedOut?: boolean };

/** Every page of the product, with the address that shows it. */
export function pagesOf(furnished: Furnished): PageAddress[] {
  const { face, composite, waiting, empty, conversation, visitors, portrait } = furnished;
  const tab = (name: string, ready: RegExp): PageAddress => ({ name, path: `/faces/${face}?tab=${name}`, ready });
  return [
    { name: "landing", path: "/", ready: /./, isSignedOut: true },
    { name: "sign-in", path: "/signin", ready: /Sign in/, isSignedOut: true },
    { name: "grammar", path: "/docs", ready: /./, isSignedOut: true },
    { name: "reference", path: "/reference", ready: /Start here/, isSignedOut: true },
    { name: "reference-chat", path: "/reference/chat", ready: /completions/, isSignedOut: true },
    { name: "visitors-page", path: visitors.page, ready: /Ask Joost/, isSignedOut: true },
    { name: "visitors-frame", path: visitors.frame, ready: /Ask Joost/, isSignedOut: true },
    { name: "missing", path: "/no/such/page", ready: /./, isSignedOut: true },
    { name: "faces", path: "/faces", ready: /Joost Vermeulen/ },
    tab("facts", /Joost binds books/),
    tab("sources", /letters\.md/),
    tab("primitives", /people are kinder/),
    tab("graph", /By ring/),
    tab("voice", /turns/),
    tab("fidelity", /Measure/),
    tab("versions", /Synced \d/),
    tab("portraits", /One face/),
    tab("embed", /Allowed sites/),
    { name: "face-without-photos", path: `/faces/${empty}?tab=portraits`, ready: /First a photo/ },
    { name: "gallery", path: "/portraits", ready: /2 portraits/ },
    { name: "portrait", path: `/portraits?portrait=${portrait}`, ready: /Made by/ },
    { name: "face-composite", path: `/faces/${composite}`, ready: /The workshop/ },
    { name: "face-waiting", path: `/faces/${waiting}`, ready: /1961\.txt/ },
    { name: "face-empty", path: `/faces/${empty}`, ready: /untitled/ },
    { name: "chat", path: "/chat", ready: /Do you think people are kind/ },
    { name: "conversation", path: `/chat/${conversation}`, ready: /people are kinder/ },
    { name: "chat-with-face", path: `/faces/${face}/chat`, ready: /Joost Vermeulen/ },
    { name: "compare", path: "/chat/compare", ready: /Side by side/ },
    { name: "usage", path: "/usage", ready: /Compile tokens this period/ },
    { name: "keys", path: "/keys", ready: /API keys/ },
    { name: "settings", path: "/settings", ready: /Account id/ },
    { name: "settings-wallets", path: "/settings?tab=wallets", ready: /0x/ },
    { name: "settings-sessions", path: "/settings?tab=sessions", ready: /device/i },
    { name: "settings-data", path: "/settings?tab=data", ready: /Delete/ },
  ];
}

/** What only an admin is shown. */
export const adminPages: PageAddress[] = [
  { name: "admin", path: "/admin", ready: /Accounts/ },
  { name: "admin-invites", path: "/admin?tab=invites", ready: /Invites/ },
  { name: "admin-health", path: "/admin?tab=health", ready: /Worker/ },
];
