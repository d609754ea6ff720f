/** @type {import("next").NextConfig} */
export default {
  poweredByHeader: false,
  reactStrictMode: true,
  images: { unoptimized: true },
  // Checked by `npm run verify`; a second time here would only make each start after a change slower.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: [
    "@node-rs/argon2",
    "@prisma/adapter-pg",
    "@prisma/client",
    "pg",
    "pg-boss",
    "pino",
    "undici",
  ],
  // Instead of next-intl's plugin, which loads native packages whenever this file is read.
  turbopack: {
    resolveAlias: {
      "next-intl/config": "./lib/i18n/request.ts",
      // Messages come compiled (`lib/platform/format/ready-messages.ts`): no page loads what takes sentences apart.
      "use-intl/format-message": "use-intl/format-message/format-only",
    },
  },
};
