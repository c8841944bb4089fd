/** A chapter of the reference: its routes are those whose path begins with one of its prefixes. */
export type RouteGroup = { slug: string; title: string; about: string; prefixes: readonly string[] };

/** In the order in which one reads them. Of two prefixes that match, the longer one decides. */
export const routeGroups: readonly RouteGroup[] = [
  {
    slug: "chat",
    title: "Chat",
    about: "Talk to a face through OpenAI's or Anthropic's shapes: their SDKs work with another base URL.",
    prefixes: ["/v1/chat", "/v1/messages", "/v1/responses", "/v1/models", "/v1/traces"],
  },
  {
    slug: "conversations",
    title: "Conversations",
    about: "Conversations that are kept, as the chat page shows them.",
    prefixes: ["/v1/conversations"],
  },
  {
    slug: "faces",
    title: "Faces",
    about: "A face is a person compiled from texts. In a path, {face} is its id or its username.",
    prefixes: ["/v1/faces"],
  },
  {
    slug: "sources",
    title: "Sources",
    about: "What a face is compiled from: documents, and threads in which it speaks. Adding one compiles nothing yet.",
    prefixes: [
      "/v1/faces/{face}/documents",
      "/v1/faces/{face}/threads",
      "/v1/faces/{face}/upload",
      "/v1/faces/{face}/import",
      "/v1/faces/{face}/transcribe",
      "/v1/faces/{face}/speakers",
      "/v1/faces/{face}/findings",
    ],
  },
  {
    slug: "sync",
    title: "Sync",
    about: "Compiles what waits. A quote comes first, and the charge never exceeds it.",
    prefixes: ["/v1/faces/{face}/sync"],
  },
  {
    slug: "compiled",
    title: "Primitives, graph, voice, versions",
    about: "What the compiler made of the texts. Every quote stands verbatim at its offsets.",
    prefixes: [
      "/v1/faces/{face}/primitives",
      "/v1/faces/{face}/graph",
      "/v1/faces/{face}/voice",
      "/v1/faces/{face}/versions",
      "/v1/faces/{face}/fidelity",
    ],
  },
  {
    slug: "portraits",
    title: "Portraits",
    about:
      "From photos of a person, images of the same person. Astria's clients work with another base URL: /tunes takes photos, /prompts makes images; answers and errors there have Astria's shape.",
    prefixes: [
      ...["/tunes", "/prompts", "/gallery", "/users", "/cli", "/files", "/v1/portraits"],
      "/v1/faces/{face}/picture",
    ],
  },
  {
    slug: "embeds",
    title: "Embeds",
    about: "Chat pages of a face for visitors, on your own site or on a page of this one.",
    prefixes: ["/v1/embeds", "/v1/faces/{face}/embed"],
  },
  {
    slug: "pass-through",
    title: "Pass-through",
    about:
      "A provider's own API, billed to this account. Unknown fields and errors pass unchanged; no face takes part.",
    prefixes: ["/v1/openai", "/v1/anthropic"],
  },
  {
    slug: "keys",
    title: "API keys",
    about: "Credentials of programs, each with its own scopes, budget, faces, models, hosts and end.",
    prefixes: ["/v1/api-keys"],
  },
  {
    slug: "billing",
    title: "Usage and billing",
    about: "Quota, credit, and the ledger that every figure adds up to. Amounts are USD.",
    prefixes: ["/v1/billing"],
  },
  {
    slug: "sign-in",
    title: "Sign in",
    about: "For programs that sign in as a person. The access token they get goes where an API key goes.",
    prefixes: ["/auth"],
  },
  {
    slug: "account",
    title: "Account",
    about: "Who you are, how you sign in, and everything you have, to take along or to delete.",
    prefixes: ["/v1/account"],
  },
  {
    slug: "admin",
    title: "Administration",
    about: "For admins of this installation.",
    prefixes: ["/v1/admin", "/v1/invites"],
  },
  {
    slug: "service",
    title: "Service",
    about: "The installation itself.",
    prefixes: ["/api/health", "/v1/openapi.json"],
  },
];

/** The group of a path. @throws {RangeError} no group has it: add its prefix */
export function groupOf(path: string): RouteGroup {
  const matches = routeGroups.flatMap((group) =>
    group.prefixes
      .filter((prefix) => path === prefix || path.startsWith(`${prefix}/`))
      .map((prefix) => ({ group, length: prefix.length })),
  );
  const best = matches.toSorted((a, b) => b.length - a.length)[0];
  if (best === undefined) throw new RangeError(`No group of lib/openapi/groups.ts has ${path}.`);
  return best.group;
}
