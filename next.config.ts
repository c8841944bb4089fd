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
};

export default config;
