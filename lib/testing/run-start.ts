import { spawn } from "node:child_process";
import { join } from "node:path";
import { ROOT } from "@/scripts/root";

/** Runs `npm start`'s script with these settings alone, until it ends; for starts that refuse. */
export async function runStart(settings: Record<string, string>): Promise<{ status: number | null; said: string[] }> {
  const { PATH = "", HOME = "" } = process.env;
  const child = spawn(process.execPath, [join(ROOT, "scripts/start.mjs")], {
    env: { PATH, HOME, NODE_ENV: "production", ...settings },
    timeout: 60_000,
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      text += chunk;
    });
  }
  const status = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { status, said: text.trim().split("\n") };
}
