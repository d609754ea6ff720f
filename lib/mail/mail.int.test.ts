import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { db } from "@/lib/platform/db";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";
import { type MailServer, startMailServer } from "@/lib/testing/mail-server";
import { COMMANDS } from "@/scripts/admin-commands";
import { deliverMail, expireMails, pauseAfter } from "./deliver-mail";
import { readOutbox } from "./read-outbox";
import { writeMail } from "./write-mail";

let database: TestDatabase;
let server: MailServer;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database?.drop());
beforeEach(async () => {
  server = await startMailServer();
});
afterEach(() => server.stop());

const LINK = "/reset-password/q8uT0secret0of0the0link";
const mailTo = (to: string, expiresAt = new Date(Date.now() + 60_000)) =>
  ({ kind: "reset_password", to, language: "en", facts: { name: "Mia", link: LINK }, expiresAt }) as const;
const write = (to: string, expiresAt?: Date) => db().$transaction((tx) => writeMail(tx, mailTo(to, expiresAt)));
const smtp = () => ({ url: server.url, from: "Nichebook <book@luma.example>" });
const rowOf = (id: string) => db().mail.findUniqueOrThrow({ where: { id } });
/** The pause and any lease are over. */
const later = (id: string) =>
  database.superuserPool.query(
    "update mail set next_try_at = now(), lease_until = now() - interval '1 s' where id = $1",
    [id],
  );

describe("a mail", () => {
  test("is written with what it tells of, or not at all", async () => {
    const undone = db().$transaction(async (tx) => {
      await writeMail(tx, mailTo("undone@example.com"));
      throw new Error("undone");
    });
    await expect(undone).rejects.toThrow("undone");
    expect(await db().mail.count({ where: { toAddress: "undone@example.com" } })).toBe(0);
  });

  test("is sent once, whoever is at it, and says nothing any more afterwards", async () => {
    const { id } = await write("mia@example.com");
    await Promise.all(Array.from({ length: 8 }, () => deliverMail(id, smtp())));
    expect(server.received).toHaveLength(1);
    const [mail] = server.received;
    expect(mail).toMatchObject({
      to: "mia@example.com",
      from: "book@luma.example",
      subject: "Choose a new password for Nichebook",
      messageId: `<${id}@luma.example>`,
    });
    expect(mail?.text).toContain(`http://localhost:3000${LINK}`);
    expect(mail?.html).toContain(`http://localhost:3000${LINK}`);
    expect(mail?.headers).toContain("auto-submitted");
    expect(await rowOf(id)).toMatchObject({ outcome: "sent", attempts: 1, sealedText: null, sealedKeyId: null });
  });

  test("gives its link to no reader of the database, nor does its job", async () => {
    const { id } = await write("dump@example.com");
    const { rows } = await database.superuserPool.query(
      "select m::text || encode(m.sealed_text, 'escape') as dump from mail m where id = $1 union all select j::text from pgboss.job j where j.name = 'mail'",
      [id],
    );
    expect(rows.length).toBeGreaterThan(1);
    for (const { dump } of rows) expect(dump).not.toMatch(/reset-password\/|q8uT0secret/);
  });

  test("that the server cannot take now is tried again, later each time; one that it refuses for good is not", async () => {
    const { id } = await write("busy@example.com");
    server.refuse({ code: 451, times: 1 });
    await deliverMail(id, smtp());
    const waiting = await rowOf(id);
    expect(waiting).toMatchObject({ outcome: null, attempts: 1, problem: expect.stringContaining("Not now") });
    expect(waiting.nextTryAt.getTime()).toBeGreaterThan(Date.now());
    await deliverMail(id, smtp());
    expect(server.received).toHaveLength(0);
    await later(id);
    await deliverMail(id, smtp());
    expect(server.received).toHaveLength(1);

    const nobody = await write("nobody@example.com");
    server.refuse({ code: 550, times: 1 });
    await deliverMail(nobody.id, smtp());
    expect(await rowOf(nobody.id)).toMatchObject({ outcome: "refused", sealedText: null });
    expect([1, 2, 3, 4, 5, 6, 20].map((attempts) => pauseAfter(attempts, 1))).toEqual([
      10, 30, 90, 270, 810, 1800, 1800,
    ]);
    expect(pauseAfter(3, 0)).toBe(45);
  });

  test("waits while the mail server is away", async () => {
    const { id } = await write("away@example.com");
    const { url } = server;
    await server.stop();
    await deliverMail(id, { url, from: "book@luma.example" });
    expect(await rowOf(id)).toMatchObject({ outcome: null, problem: expect.stringMatching(/ECONNREFUSED/) });
    server = await startMailServer();
    await later(id);
    await deliverMail(id, smtp());
    expect(server.received).toHaveLength(1);
  });

  test("whose sender was killed after handing it over is sent again under the same Message-ID, and only then", async () => {
    const { id } = await write("twice@example.com");
    const { sealedKeyId, sealedNonce, sealedText } = await rowOf(id);
    await deliverMail(id, smtp());
    // As it was before it was noted as sent, with the lease of who was killed still running.
    await database.superuserPool.query(
      `update mail set ended_at = null, outcome = null, lease_until = now() + interval '1 minute', sealed_key_id = $2,
         sealed_nonce = $3, sealed_text = $4 where id = $1`,
      [id, sealedKeyId, sealedNonce, sealedText],
    );
    await deliverMail(id, smtp());
    expect(server.received).toHaveLength(1);
    await later(id);
    await deliverMail(id, smtp());
    expect(server.received.map(({ messageId }) => messageId)).toEqual(Array(2).fill(`<${id}@luma.example>`));
  });

  test("whose text is another row's does not open, and hides no other mail from the operator", async () => {
    const [one, two] = [await write("one@example.com"), await write("two@example.com")];
    await database.superuserPool.query(
      "update mail set sealed_text = o.sealed_text, sealed_nonce = o.sealed_nonce from mail o where mail.id = $1 and o.id = $2",
      [one.id, two.id],
    );
    await deliverMail(one.id, smtp());
    expect(server.received).toHaveLength(0);
    expect(await rowOf(one.id)).toMatchObject({ outcome: null, problem: expect.any(String) });
    const listed = (await readOutbox()).filter(({ id }) => [one.id, two.id].includes(id));
    expect(listed).toEqual([
      expect.objectContaining({ id: one.id, subject: null, link: null, problem: expect.any(String) }),
      expect.objectContaining({ id: two.id, subject: expect.any(String), problem: null }),
    ]);
  });

  test("without SMTP waits for the operator, who can hand its link on, until it is not worth sending", async () => {
    const { id } = await write("kept@example.com");
    const gone = await write("late@example.com", new Date(Date.now() - 1));
    await deliverMail(id, null);
    const { answer } = await (COMMANDS.outbox?.run({}, database) ?? Promise.reject());
    expect(answer.mails).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ id, to: "kept@example.com", link: `http://localhost:3000${LINK}` }),
      ]),
    );
    expect(JSON.stringify(answer)).not.toContain("late@example.com");
    await expireMails();
    expect(await rowOf(gone.id)).toMatchObject({ outcome: "expired", sealedText: null });
    await deliverMail(gone.id, smtp());
    expect(server.received).toHaveLength(0);
    expect((await rowOf(id)).outcome).toBeNull();
  });
});
