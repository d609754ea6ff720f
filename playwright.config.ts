import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig } from "@playwright/test";
import { CHROMIUM_ARGS, systemChromium } from "./scripts/chromium.mjs";

// `npm test` finds free ports; a run by hand takes these.
process.env.E2E_PORT ??= "3210";
process.env.E2E_SANDBOX_PORT ??= "3211";
process.env.E2E_SMTP_PORT ??= String(Number(process.env.E2E_PORT) + 20_000);
process.env.E2E_MAIL_PORT ??= String(Number(process.env.E2E_PORT) + 20_001);
process.env.E2E_DATA_DIR ??= join(tmpdir(), `nichebook-e2e-${process.pid}`);

const baseURL = `http://localhost:${process.env.E2E_PORT}`;
const chromium = systemChromium();

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  fullyParallel: true,
  workers: 2,
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 10_000 },
  reporter: process.env.E2E_REPORT ? [["list"], ["json", { outputFile: process.env.E2E_REPORT }]] : [["list"]],
  use: {
    baseURL,
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    launchOptions: {
      ...(chromium ? { executablePath: chromium } : {}),
      args: CHROMIUM_ARGS,
    },
  },
  webServer: [
    {
      command: "node --import tsx e2e/mail-server.ts",
      url: `http://127.0.0.1:${process.env.E2E_MAIL_PORT}`,
      reuseExistingServer: false,
    },
    {
      command: "node .build/server.mjs",
      url: `${baseURL}/api/ready`,
      reuseExistingServer: false,
      timeout: 120_000,
      stdout: "pipe",
      gracefulShutdown: { signal: "SIGTERM", timeout: 20_000 },
      env: {
        NODE_ENV: "production",
        PORT: process.env.E2E_PORT,
        SANDBOX_PORT: process.env.E2E_SANDBOX_PORT,
        DATA_DIR: process.env.E2E_DATA_DIR,
        // Every test signs its own people up.
        SIGN_UP: "open",
        KEYAPI_TIMEOUT_MS: "3000",
        LOG_LEVEL: "warn",
        // Tests receive what is sent to webhooks.
        WEBHOOK_ALLOW: "127.0.0.1",
        SMTP_URL: `smtp://127.0.0.1:${process.env.E2E_SMTP_PORT}`,
        MAIL_FROM: "Nichebook <nichebook@example.com>",
      },
    },
  ],
});
