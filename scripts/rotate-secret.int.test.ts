import { afterEach, expect, test } from "vitest";
import { buyPage } from "@/lib/insights/buy-page";
import { seal } from "@/lib/platform/crypto";
import { db } from "@/lib/platform/db";
import { runtime, setRuntime } from "@/lib/platform/runtime";
import { TEST_SECRET } from "@/lib/testing/database";
import { makeKey, makeTeam } from "@/lib/testing/factories";
import { ask, explore, purchases } from "@/lib/testing/purchases";
import { rotateSecret, SEALED_TABLES } from "./rotate-secret";

const given = purchases();
const NEW_SECRET = "another secret of the tests, long enough as well";
const secrets = (appSecret: string, appSecretPrevious: string | null) =>
  setRuntime({ ...runtime(), appSecret, appSecretPrevious });
afterEach(() => secrets(TEST_SECRET, null));

const query = async <T>(sql: string, values: unknown[] = []) =>
  (await given.database.superuserPool.query(sql, values)).rows as T[];

/** Bytes that are no secret: everything else of this type must be in the list of what is sealed. */
const PLAIN = ["audit_link.hash", "credit_event.hash", "raw_answer.body"];

test("every sealed column of the database is in the list, with the columns that sealing needs", async () => {
  const columns = await query<{ name: string }>(
    `select table_name || '.' || column_name as name from information_schema.columns
     where table_schema = 'public' and (data_type = 'bytea' or column_name like '%sealed%')`,
  );
  const sealed = SEALED_TABLES.flatMap(({ table }) =>
    ["sealed_key_id", "sealed_nonce", "sealed_text"].map((column) => `${table}.${column}`),
  );
  const found = columns.map(({ name }) => name).filter((name) => !PLAIN.includes(name));
  expect(found.sort()).toEqual(sealed.sort());
});

test("everything is sealed anew while purchases go on, none of which fails, and the old secret is needed no more", async () => {
  const teams = await Promise.all(Array.from({ length: 4 }, () => makeTeam()));
  const [first] = teams;
  const mailId = crypto.randomUUID();
  const { keyId, nonce, ciphertext } = seal("{}", { table: "mail", rowId: mailId });
  await db().mail.create({
    data: {
      id: mailId,
      kind: "password_reset",
      toAddress: "mia@example.com",
      language: "en",
      expiresAt: new Date(Date.now() + 60_000),
      sealedKeyId: keyId,
      sealedNonce: Buffer.from(nonce),
      sealedText: Buffer.from(ciphertext),
    },
  });
  const buy = (round: number) =>
    Promise.all(teams.map((ctx) => buyPage(ctx, ask({ page: round }), explore).then(({ source }) => source)));

  secrets(NEW_SECRET, TEST_SECRET);
  let rotating = true;
  const bought: string[] = [];
  const buying = (async () => {
    for (let round = 1; rotating || round < 6; round++) bought.push(...(await buy(round)));
  })();
  const done = await rotateSecret();
  // Sealed by a process that was started before the change: found by the next run.
  secrets(TEST_SECRET, NEW_SECRET);
  const late = await makeKey(first?.team.id ?? "", "sandbox");
  secrets(NEW_SECRET, TEST_SECRET);
  expect(await rotateSecret()).toEqual({ resealed: 1, unreadable: [] });
  rotating = false;
  await buying;
  expect(done).toEqual({ resealed: 5, unreadable: [] });
  expect(new Set(bought)).toEqual(new Set(["bought"]));

  const ids = await query<{ id: string }>(
    "select distinct sealed_key_id as id from team_key where sealed_key_id is not null union select sealed_key_id from mail",
  );
  expect(ids).toHaveLength(1);
  secrets(NEW_SECRET, null);
  expect(await buy(20)).toEqual(["bought", "bought", "bought", "bought"]);
  expect(await rotateSecret()).toEqual({ resealed: 0, unreadable: [] });
  const noted = await query<{ count: string }>(
    "select details ->> 'count' as count from audit_entry where action = 'key.resealed' and team_id = $1",
    [first?.team.id],
  );
  expect(noted).toHaveLength(2);
  expect(late).toBeTruthy();
});

test("a row that opens with neither secret is named and left as it is", async () => {
  secrets("a secret that nobody has any more, as after a wrong restore", null);
  const ctx = await makeTeam();
  secrets(NEW_SECRET, TEST_SECRET);
  const before = await query("select * from team_key where team_id = $1", [ctx.team.id]);
  const { unreadable } = await rotateSecret();
  expect(unreadable).toEqual([{ table: "team_key", id: (before[0] as { id: string }).id }]);
  expect(await query("select * from team_key where team_id = $1", [ctx.team.id])).toEqual(before);
});
