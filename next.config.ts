import type { NextConfig } from "next";

const security = [
  { key: "x-content-type-options", value: "nosniff" },
  { key: "referrer-policy", value: "strict-origin-when-cross-origin" },
  { key: "x-frame-options", value: "DENY" },
];

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
  headers: () => Promise.resolve([{ source: "/:path*", headers: security }]),
};

export default config;
