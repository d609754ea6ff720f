import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runtime } from "@/lib/platform/runtime";
import { freePort } from "@/scripts/postgres-process";
import { ROOT } from "@/scripts/root";
import type { BenchContext } from "./bench";

const READY_WITHIN_MS = 120_000;
/** Its 90 days are made first. */
const DEMO_READY_WITHIN_MS = 900_000;

/** The built application on this benchmark's database, as `npm start` serves it, or as `npm run demo` does. */
export async function startApp({ appUrl, ownerUrl }: BenchContext, { demo = false } = {}) {
  const port = await freePort();
  const base = `http://localhost:${port}`;
  const dataDir = mkdtempSync(join(tmpdir(), "nichebook-bench-app-"));
  const app = spawn(process.execPath, [join(ROOT, ".build/server.mjs"), ...(demo ? ["--demo"] : [])], {
    cwd: ROOT,
    stdio: ["ignore", "ignore", "inherit"],
    env: {
      ...process.env,
      NODE_ENV: "production",
      LOG_LEVEL: "error",
      PORT: String(port),
      DATA_DIR: dataDir,
      DATABASE_URL: ownerUrl,
      DATABASE_APP_URL: appUrl,
      APP_SECRET: runtime().appSecret ?? "",
      SANDBOX: demo ? "on" : "off",
      WORKER: "off",
    },
  });
  const ended = once(app, "exit");
  const stop = async () => {
    app.kill("SIGTERM");
    await ended;
    rmSync(dataDir, { recursive: true, force: true });
  };
  const until = performance.now() + (demo ? DEMO_READY_WITHIN_MS : READY_WITHIN_MS);
  while (!(await fetch(`${base}/api/ready`).catch(() => null))?.ok) {
    if (app.exitCode !== null || performance.now() > until) {
      await stop();
      throw new Error("The built application did not start; does `npm start` work?");
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  /** How long a page takes, as whoever has the cookie sees it. @throws when it does not show what is expected */
  const page = async (cookie: string, path: string, expected: RegExp): Promise<number> => {
    const began = performance.now();
    const response = await fetch(`${base}${path}`, { headers: { cookie } });
    const text = await response.text();
    const elapsed = performance.now() - began;
    if (response.status !== 200 || !expected.test(text)) throw new Error(`${path} answered ${response.status}`);
    return elapsed;
  };
  return { base, page, stop };
}
