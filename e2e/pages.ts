import type { Furnished } from "./furnish";

/** A page as a person can open it; `ready` is a heading or a text that stands there once its data has come. */
export type PageAddress = { name: string; path: string; ready: RegExp; isSignedOut?: boolean };

/** Every page of the product, with the address that shows it. */
export function pagesOf({ face, composite, waiting, empty }: Furnished): PageAddress[] {
  const tab = (name: string, ready: RegExp): PageAddress => ({ name, path: `/faces/${face}?tab=${name}`, ready });
  return [
    { name: "landing", path: "/", ready: /./, isSignedOut: true },
    { name: "sign-in", path: "/signin", ready: /Sign in/, isSignedOut: true },
    { name: "grammar", path: "/docs", ready: /./, isSignedOut: true },
    { name: "missing", path: "/no/such/page", ready: /./, isSignedOut: true },
    { name: "faces", path: "/faces", ready: /Joost Vermeulen/ },
    tab("facts", /Joost binds books/),
    tab("sources", /letters\.md/),
    tab("primitives", /people are kinder/),
    tab("voice", /turns/),
    tab("embed", /No page for visitors yet|Allowed sites/),
    tab("versions", /Synced \d/),
    { name: "face-composite", path: `/faces/${composite}`, ready: /The workshop/ },
    { name: "face-waiting", path: `/faces/${waiting}`, ready: /1961\.txt/ },
    { name: "face-empty", path: `/faces/${empty}`, ready: /untitled/ },
    { name: "chat-with-face", path: `/faces/${face}/chat`, ready: /Ask Joost/ },
    { name: "usage", path: "/usage", ready: /Usage/ },
    { name: "keys", path: "/keys", ready: /API keys/ },
  ];
}
