import "server-only";
import { asTeam } from "@/lib/auth/context";
import type { Account } from "@/lib/auth/sessions";
import { db, type Tx } from "@/lib/platform/db";

const BATCH = 500;

type Membership = {
  team_id: string;
  slug: string;
  name: string;
  member_id: string;
  role: string;
  joined_at: Date;
  removed_at: Date | null;
};
/** One member's rows of a team, the next ones after an id. */
type Query = {
  where: { teamId: string; memberId: string; id?: { gt: string } };
  orderBy: { id: "asc" };
  take: number;
};

/** What a team holds of one member, part by part. Hashes and seals are no part of it. */
const PARTS: Record<string, (tx: Tx, query: Query) => Promise<{ id: string }[]>> = {
  tokens: (tx, query) => tx.apiToken.findMany({ ...query, omit: { hash: true } }),
  savedSearches: (tx, query) => tx.savedSearch.findMany(query),
  watchlists: (tx, query) => tx.watchlist.findMany({ ...query, include: { items: true } }),
  purchases: (tx, query) => tx.creditRequest.findMany(query),
  runs: (tx, query) => tx.run.findMany(query),
  asksForMore: (tx, query) => tx.limitRequest.findMany(query),
  notifications: (tx, query) => tx.notification.findMany(query),
  auditEntries: (tx, query) => tx.auditEntry.findMany(query),
};

const written = (value: unknown) =>
  JSON.stringify(value, (_, part) => (typeof part === "bigint" ? String(part) : part), 1);

/** Everything that is held about a person, as JSON: the account, then each team that they are or were in. */
export async function* exportAccount(account: Account): AsyncGenerator<string> {
  const [user, memberships] = await Promise.all([
    db().user.findUniqueOrThrow({
      where: { id: account.id },
      omit: { passwordHash: true },
      include: {
        sessions: { omit: { userId: true } },
        events: { omit: { userId: true }, orderBy: { id: "asc" } },
        secondFactor: { select: { createdAt: true, confirmedAt: true } },
      },
    }),
    db().$queryRaw<Membership[]>`select * from memberships_of_user(${account.id}::uuid)`,
  ]);
  const mails = await db().mail.findMany({
    where: { toAddress: user.email },
    select: { id: true, kind: true, language: true, createdAt: true, endedAt: true, outcome: true },
  });
  yield `{"exportedAt": ${written(new Date())},\n"account": ${written({ ...user, mails })},\n"teams": [`;
  for (const [index, membership] of memberships.entries()) {
    const { team_id, slug, name, member_id, role, joined_at, removed_at } = membership;
    const facts = { id: team_id, slug, name, memberId: member_id, role, joinedAt: joined_at, removedAt: removed_at };
    yield `${index > 0 ? ",\n" : "\n"}{"team": ${written(facts)}`;
    for (const [part, read] of Object.entries(PARTS)) {
      yield `,\n"${part}": [`;
      let after: string | null = null;
      do {
        const where = { teamId: team_id, memberId: member_id, ...(after ? { id: { gt: after } } : {}) };
        const rows: { id: string }[] = await asTeam(team_id, (tx) =>
          read(tx, { where, orderBy: { id: "asc" }, take: BATCH }),
        );
        yield rows.map((row, place) => (after || place > 0 ? ",\n" : "\n") + written(row)).join("");
        after = rows.length === BATCH ? (rows.at(-1)?.id ?? null) : null;
      } while (after);
      yield "]";
    }
    yield "}";
  }
  yield "\n]}\n";
}
