import { audit } from "@/lib/auth/audit";
import { asTeam } from "@/lib/auth/context";
import { reseal, type SealPlace, sealingKeyId } from "@/lib/platform/crypto";
import { db, Prisma, type Tx } from "@/lib/platform/db";

/**
 * Every table that holds something sealed, in its columns `sealed_key_id`, `sealed_nonce` and `sealed_text`. A test
 * compares this list with the columns of the database: what is missing here would stay sealed with a secret that is gone.
 */
export const SEALED_TABLES: readonly { table: string; id: string; ofTeam: boolean }[] = [
  { table: "team_key", id: "id", ofTeam: true },
  { table: "webhook", id: "id", ofTeam: true },
  { table: "mail", id: "id", ofTeam: false },
  { table: "second_factor", id: "user_id", ofTeam: false },
];

type SealedRow = { id: string; keyId: string; nonce: Uint8Array<ArrayBuffer>; ciphertext: Uint8Array<ArrayBuffer> };
type Resealed = {
  /** Rows that now open with APP_SECRET alone. */
  resealed: number;
  /** Rows that opened with neither secret. */
  unreadable: { table: string; id: string }[];
};
type Within = <T>(run: (tx: Tx) => Promise<T>) => Promise<T>;

/**
 * Seals anew, with APP_SECRET, whatever APP_SECRET_PREVIOUS sealed; row by row, each in a statement of its own that
 * counts only while the row is as it was read. Processes that know both secrets go on meanwhile. May be repeated.
 */
export async function rotateSecret(): Promise<Resealed> {
  const done: Resealed = { resealed: 0, unreadable: [] };
  const teams = await db().$queryRaw<{ team_id: string }[]>`select team_id from all_teams()`;
  for (const { table, id, ofTeam } of SEALED_TABLES) {
    if (!ofTeam) {
      await resealTable(
        done,
        { table, id },
        (run) => db().$transaction(run),
        (rowId) => ({ table, rowId }),
      );
      continue;
    }
    for (const { team_id: teamId } of teams) {
      const within: Within = (run) => asTeam(teamId, run);
      const resealed = await resealTable(done, { table, id }, within, (rowId) => ({ teamId, rowId }));
      if (resealed > 0) await within((tx) => audit(tx, teamId, "key.resealed", { count: resealed }));
    }
  }
  return done;
}

async function resealTable(
  done: Resealed,
  { table, id }: { table: string; id: string },
  within: Within,
  placeOf: (rowId: string) => SealPlace,
): Promise<number> {
  const [name, key] = [Prisma.raw(`"${table}"`), Prisma.raw(`"${id}"`)];
  const failed = new Set<string>();
  let resealed = 0;
  for (;;) {
    const rows = await within(
      (tx) => tx.$queryRaw<SealedRow[]>`
        select ${key}::text as id, sealed_key_id as "keyId", sealed_nonce as nonce, sealed_text as ciphertext from ${name}
        where sealed_key_id <> ${sealingKeyId()} and not ${key}::text = any(${[...failed]}::text[]) order by ${key} limit 200`,
    );
    if (rows.length === 0) break;
    for (const row of rows) {
      const place = placeOf(row.id);
      const sealed = attempt(() => reseal(row, place));
      if (!sealed) {
        failed.add(row.id);
        continue;
      }
      const { keyId, nonce, ciphertext } = sealed;
      // A row that somebody replaced or forgot since it was read is left as they left it.
      resealed += await within(
        (tx) => tx.$executeRaw`
          update ${name} set sealed_key_id = ${keyId}, sealed_nonce = ${Buffer.from(nonce)}, sealed_text = ${Buffer.from(ciphertext)}
          where ${key}::text = ${row.id} and sealed_key_id = ${row.keyId} and sealed_nonce = ${row.nonce}`,
      );
    }
  }
  done.resealed += resealed;
  done.unreadable.push(...[...failed].map((rowId) => ({ table, id: rowId })));
  return resealed;
}

function attempt<T>(run: () => T): T | null {
  try {
    return run();
  } catch {
    return null;
  }
}
