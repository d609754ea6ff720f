import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { ask, call } from "./raw-http";

const folder = mkdtempSync(join(tmpdir(), "sandbox-main-"));
const bundle = join(folder, "sandbox.mjs");
beforeAll(() =>
  build({
    entryPoints: [fileURLToPath(new URL("./main.ts", import.meta.url))],
    outfile: bundle,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
  }),
);
afterAll(() => rmSync(folder, { recursive: true }));

function run(...args: string[]) {
  const child = fork(bundle, args, { silent: true, execArgv: [] });
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  let [out, err] = ["", ""];
  child.stdout?.on("data", (part) => {
    out += part;
  });
  child.stderr?.on("data", (part) => {
    err += part;
  });
  return { child, out: () => out, err: () => err };
}

async function portOf(child: ChildProcess): Promise<number> {
  const [message] = await once(child, "message");
  return message.port;
}

test("the bundle says where it listens, on the channel and in one line of JSON, and ends cleanly on SIGTERM", async () => {
  const { child, out } = run("--seed", "main");
  const url = `http://127.0.0.1:${await portOf(child)}`;
  expect(JSON.parse((await call(`${url}/__sandbox/health`)).body)).toMatchObject({ ok: true, seed: "main" });
  child.kill("SIGTERM");
  expect(await once(child, "close")).toEqual([0, null]);
  expect(out()).toBe(`${JSON.stringify({ sandbox: url })}\n`);
});

test("it ends when its parent lets go of the channel, also while an answer is held back", async () => {
  const { child } = run();
  const url = `http://127.0.0.1:${await portOf(child)}`;
  const waiting = ask(url, "sandbox-fault-slow");
  const counted = async (): Promise<boolean> =>
    JSON.parse((await call(`${url}/__sandbox/charges`)).body).requests === 1 || counted();
  await counted();
  child.disconnect();
  // Not "close": that never comes once the channel was let go.
  expect(await once(child, "exit")).toEqual([0, null]);
  expect((await waiting).status).toBeNull();
});

test("killed at any moment, it has counted every answer that a client has seen", async () => {
  const file = join(folder, "killed.jsonl");
  const first = run("--log", file);
  const url = `http://127.0.0.1:${await portOf(first.child)}`;
  let seen = 0;
  const client = async () => {
    while ((await ask(url, "sandbox-qps-100000-kill", { region: "UY" })).status === 200) {
      seen += 1;
      if (seen === 60) first.child.kill("SIGKILL");
    }
  };
  await Promise.all([client(), client(), client()]);
  expect(seen).toBeGreaterThanOrEqual(60);

  const second = run("--log", file);
  const again = `http://127.0.0.1:${await portOf(second.child)}`;
  const { charged, requests } = JSON.parse((await call(`${again}/__sandbox/charges`)).body);
  expect(charged).toBe(requests);
  expect(charged).toBeGreaterThanOrEqual(seen);
  expect(charged).toBeLessThanOrEqual(seen + 3);
});

test("a port that is none, an option that is none: one line and exit 1", async () => {
  for (const args of [["--port", "99999"], ["--port", "x"], ["--nope"]]) {
    const { child, err } = run(...args);
    expect(await once(child, "close")).toEqual([1, null]);
    expect(err()).toMatch(/^sandbox: .+\n$/);
  }
});
