import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { db } from "@/lib/platform/db";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";
import { type MailServer, startMailServer } from "@/lib/testing/mail-server";
import { withWorkerProcess } from "@/lib/testing/with-worker-process";
import { writeMail } from "./write-mail";

let database: TestDatabase;
let server: MailServer;
beforeAll(async () => {
  [database, server] = [await testDatabase(), await startMailServer()];
  vi.stubEnv("SMTP_URL", server.url);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await Promise.all([database?.drop(), server?.stop()]);
});

test("a worker sends what was written, in a process of its own, in the recipient's language", async () => {
  const facts = { name: "陈伟", link: "/reset-password/x" };
  const expiresAt = new Date(Date.now() + 600_000);
  const { id } = await db().$transaction((tx) =>
    writeMail(tx, { kind: "reset_password", to: "chen@example.com", language: "zh-CN", facts, expiresAt }),
  );
  const sent = async () => expect(await db().mail.findUnique({ where: { id } })).toMatchObject({ outcome: "sent" });
  await withWorkerProcess(() => vi.waitFor(sent, { timeout: 25_000, interval: 100 }));
  expect(server.received.map(({ to, subject }) => ({ to, subject }))).toEqual([
    { to: "chen@example.com", subject: "重置您的类目簿密码" },
  ]);
});
