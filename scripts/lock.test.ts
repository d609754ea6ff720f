import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { startScript } from "@/lib/testing/start-script";
import { askHolder, knowHolder, tryLock, waitForLock } from "./lock.mjs";

test("a lock has one holder, who tells who it is, and is free again after its release", async () => {
  const name = randomUUID();
  const lock = await tryLock(name, () => ({ pid: 7 }));
  expect(lock).not.toBeNull();
  expect(await tryLock(name)).toBeNull();
  expect(await askHolder(name)).toEqual({ pid: 7 });
  const next = waitForLock(name, { timeoutMs: 10_000 });
  await lock?.release();
  const second = await next;
  expect(second).not.toBeNull();
  await second?.release();
  expect(await askHolder(name)).toBeNull();
});

test("a lock ends with its holder, also after kill -9", async () => {
  const name = randomUUID();
  const holder = await startScript("lock-holder.ts", name);
  expect(await holder.line()).toBe("held");
  expect(await tryLock(name)).toBeNull();
  await holder.kill();
  expect(await knowHolder(name)).toBeNull();
  const lock = await tryLock(name);
  expect(lock).not.toBeNull();
  await lock?.release();
});
