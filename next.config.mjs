import { PHASE_DEVELOPMENT_SERVER } from "next/constants.js";

/** @returns {import("next").NextConfig} */
export default (/** @type {string} */ phase) => ({
  // Pages that are only for whoever works on the application end so: no build holds them.
  pageExtensions: phase === PHASE_DEVELOPMENT_SERVER ? ["tsx", "ts", "dev.tsx"] : ["tsx", "ts"],
  // Without a connection a page stays, and what was opened follows when it is back.
  experimental: { useOffline: true },
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
});
