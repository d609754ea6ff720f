import { randomUUID } from "node:crypto";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { runStart } from "@/lib/testing/run-start";
import { applicationLock, tryLock } from "./lock.mjs";

// What `npm start` says when it cannot start: one line that names the mend, exit code 1. Nothing is built for it.
const dataDir = () => join(tmpdir(), `nichebook-start-${randomUUID()}`);
let taken: Server | undefined;
afterEach(() => taken?.close());

const start = (settings: Record<string, string>) => runStart({ DATA_DIR: dataDir(), ...settings });

test("a taken port is one line", async () => {
  const server = createServer();
  taken = server;
  await new Promise<void>((resolve) => server.listen(0, () => resolve()));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  expect(await start({ PORT: String(port) })).toEqual({
    status: 1,
    said: [
      `Port ${port} is taken by another program: stop that one, or choose another port, for example PORT=${port + 1}.`,
    ],
  });
});

test("an address that this machine does not have is one line", async () => {
  const { status, said } = await start({ PORT: "3999", HOST: "192.0.2.1" });
  expect(status).toBe(1);
  expect(said).toEqual([expect.stringContaining("HOST is wrong")]);
});

test("a second start on the same data is one line that names the first", async () => {
  const DATA_DIR = dataDir();
  const describe = () => ({ pid: 7, address: "http://localhost:3000", stopping: false });
  const lock = await tryLock(applicationLock(DATA_DIR), describe);
  const { status, said } = await start({ DATA_DIR, PORT: "0" });
  await lock?.release();
  expect(status).toBe(1);
  expect(said).toEqual([expect.stringMatching(/already runs .*http:\/\/localhost:3000, process 7\): stop that one/)]);
});

test("every mistake in the settings is a line of its own", async () => {
  const { status, said } = await start({ PORT: "0", KEYAPI_TIMEOUT_MS: "1", SIGN_UP: "maybe", APP_SECRET: "short" });
  expect(status).toBe(1);
  const mistakes = said.filter((line) => / is wrong: /.test(line)).map((line) => line.split(" ")[0]);
  expect(mistakes.sort()).toEqual(["APP_SECRET", "KEYAPI_TIMEOUT_MS", "SIGN_UP"]);
});

test("a data folder that cannot be is one line", async () => {
  const { status, said } = await start({ PORT: "0", DATA_DIR: "/dev/null/data" });
  expect(status).toBe(1);
  expect(said.filter((line) => line.startsWith("DATA_DIR /dev/null/data cannot be made"))).toHaveLength(1);
});
