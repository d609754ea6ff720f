import { existsSync } from "node:fs";
import process from "node:process";

/** Where a Chromium of this machine stands; undefined: only Playwright's own is left. */
export const systemChromium = () =>
  [
    process.env.CHROMIUM_PATH,
    process.env.CHROME_PATH,
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
  ].find((path) => path && existsSync(path));

/** Quiet, and only on this machine: nothing is looked up, updated or synchronised. */
export const CHROMIUM_ARGS = [
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
