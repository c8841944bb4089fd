import type { NextConfig } from "next";

/** Headers of answers are set by the server that stands before Next: lib/http/answer-headers.ts. */
const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // types and lint have their own command, `npm run check`
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: [
    "@prisma/client",
    "@prisma/adapter-pg",
    "pg",
    "tsx",
    "undici",
    "unpdf",
    "file-type",
    "gpt-tokenizer",
  ],
  // Astria's clients may write .json behind every path
  rewrites: async () =>
    [
      "/tunes",
      "/tunes/:id(\\d+)",
      "/tunes/:id(\\d+)/prompts",
      "/tunes/:id(\\d+)/prompts/:prompt(\\d+)",
      "/prompts",
      "/prompts/:prompt(\\d+)",
      "/gallery/tunes",
      "/users",
      "/cli/models",
    ].map((path) => ({ source: `${path}.json`, destination: path.replaceAll("(\\d+)", "") })),
};

export default config;
