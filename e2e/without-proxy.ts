import { spawn } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "./addresses";

const SHARED = ["node_modules", "package.json", "next.config.mjs", "prisma", "messages", "tsconfig.json"];

/**
 * The built application as it would be had `proxy.ts` been deleted, on data of its own. The build's list of functions
 * is emptied, which names nothing but the proxy; the caller sees by the missing headers that it does not run.
 */
export async function startWithoutProxy(): Promise<{ baseURL: string; stop(): Promise<void> }> {
  const root = mkdtempSync(join(tmpdir(), "nichebook-without-proxy-"));
  // As root, PostgreSQL runs as another user, who must be able to pass through.
  chmodSync(root, 0o711);
  const built = join(root, ".next");
  cpSync(join(ROOT, ".build"), join(root, ".build"), { recursive: true });
  cpSync(join(ROOT, ".next"), built, { recursive: true, filter: (path) => path !== join(ROOT, ".next/cache") });
  writeFileSync(join(built, "server/functions-config-manifest.json"), '{"version":1,"functions":{}}');
  rmSync(join(built, "server/middleware.js"), { force: true });
  for (const name of SHARED) symlinkSync(join(ROOT, name), join(root, name));
  mkdirSync(join(root, "data"), { mode: 0o711 });

  const { PATH = "", HOME = "" } = process.env;
  const child = spawn(process.execPath, [join(root, ".build/server.mjs")], {
    cwd: root,
    stdio: ["ignore", "pipe", "inherit"],
    env: {
      PATH,
      HOME,
      NODE_ENV: "production",
      PORT: "0",
      DATA_DIR: join(root, "data"),
      SIGN_UP: "open",
      LOG_LEVEL: "warn",
    },
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const stop = async () => {
    child.kill("SIGTERM");
    await ended;
    rmSync(root, { recursive: true, force: true });
  };
  const baseURL = await new Promise<string | null>((resolve) => {
    let said = "";
    child.stdout.on("data", (chunk: Buffer) => {
      said += chunk;
      const ready = /is ready: (http:\S+)/.exec(said)?.[1];
      if (ready) resolve(ready);
    });
    void ended.then(() => resolve(null));
  });
  if (baseURL) return { baseURL, stop };
  await stop();
  throw new Error("the application does not start without its proxy");
}
