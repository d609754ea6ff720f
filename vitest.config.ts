import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const ELSEWHERE = ["**/node_modules/**", "**/.next/**", "**/.build/**", "**/.data*/**", "e2e/**"];

export default defineConfig({
  resolve: {
    alias: [
      { find: /^@\//, replacement: at("./") },
      // Outside Next the package refuses to be loaded.
      { find: "server-only", replacement: at("./lib/testing/empty.ts") },
    ],
  },
  test: {
    // Tests wait more than they compute: one for each of two cores, also where that is all there is.
    maxWorkers: 2,
    env: {
      LOG_LEVEL: process.env.LOG_LEVEL ?? "silent",
      // An upstream that does not answer is given up on soon, and sends are not spaced unless a test wants it.
      KEYAPI_TIMEOUT_MS: "3000",
      KEYAPI_REQUESTS_PER_SECOND: "1000",
      // Where the receivers of webhooks listen in tests.
      WEBHOOK_ALLOW: "127.0.0.1",
    },
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          testTimeout: 60_000,
          hookTimeout: 60_000,
          include: ["**/*.test.ts", "**/*.test.tsx"],
          exclude: [...ELSEWHERE, "**/*.int.test.ts"],
        },
      },
      {
        extends: true,
        test: {
          name: "integration",
          include: ["**/*.int.test.ts"],
          exclude: ELSEWHERE,
          globalSetup: ["./lib/testing/global-setup.ts"],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
