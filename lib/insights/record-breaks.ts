import "server-only";
import { notify } from "@/lib/notifications/notify";
import { appNow } from "@/lib/platform/clock";
import { Prisma, type Tx } from "@/lib/platform/db";
import { isAcross } from "./breaks";
import { type BreakKind, detectBreaks, type FoundBreak, isBack, type ShapedAnswer } from "./detect-breaks";
import { figureColumns } from "./figure-columns";
import { isUnfinished } from "./is-old";
import { METRICS, type Metric } from "./schemas";

/** As many as it takes to say that an answer was full for long. */
const EARLIER = 3;

/** The rows of the answer `s`, as far as their shape goes. */
const rowsOf = Prisma.sql`cross join lateral (
  select coalesce(jsonb_agg(jsonb_build_object('categoryId', r.category_id, 'name', c.name,
    'figures', jsonb_build_array(${figureColumns(METRICS)})) order by r.place), '[]') as rows
  from ranking_row r
    left join category c on c.team_id = r.team_id and c.upstream = r.upstream and c.id = r.category_id
  where r.team_id = s.team_id and r.snapshot_id = s.id) r`;

type AnswerRow = {
  id: string;
  at: Date;
  total: number | null;
  upstream: string;
  region: string;
  window: string;
  category_id: string;
  q: string;
  page: number;
  rows: ShapedAnswer["rows"];
};

/**
 * Compares a stored answer with the earlier ones to the same question. What changed its shape is kept with both answers
 * as evidence, and told to everybody of the team; what is of the old shape again ends what was kept. Doing it again for
 * the same answer changes nothing. @returns how many breaks were found
 */
export async function recordBreaks(tx: Tx, teamId: string, snapshotId: string): Promise<number> {
  const answers = await fetchAnswers(tx, teamId, snapshotId);
  const [now, previous] = answers;
  if (!now || !previous) return 0;
  const { upstream, region, window } = now;
  const known = await tx.providerBreak.findMany({ where: { teamId, upstream, region, window } });
  const [is, was] = [shapeOf(now), shapeOf(previous)];
  const sameQuestion = known.filter(
    (one) => one.categoryId === now.category_id && one.q === now.q && one.page === now.page,
  );
  const open = sameQuestion.filter((one) => one.endedAt === null && one.verdict === null && one.beganAt <= previous.at);
  const befores = await fetchShapes(
    tx,
    teamId,
    open.map(({ beforeSnapshotId }) => beforeSnapshotId),
  );
  const ended = open.filter((one) => {
    const before = befores.get(one.beforeSnapshotId);
    return before && isBack(asFound(one), before, was, is);
  });
  if (ended.length > 0) {
    const ids = ended.map(({ id }) => id);
    await tx.providerBreak.updateMany({ where: { teamId, id: { in: ids } }, data: { endedAt: now.at } });
    for (const one of ended) one.endedAt = now.at;
  }
  const isGrowing = [now, previous].some(({ at }) => isUnfinished({ window, fetchedAt: at.toISOString() }));
  const found = detectBreaks(answers.slice(1).reverse().map(shapeOf), is, { page: now.page, isGrowing }).filter(
    ({ metric }) =>
      !known
        .filter((one) => one.metric === metric && (metric !== null || isSameFamily(one, now)))
        .some((one) => isKnown(one, was.at, is.at)),
  );
  if (found.length > 0) await store(tx, teamId, now, previous, found);
  return found.length;
}

type Known = { beganAt: Date; endedAt: Date | null; verdict: string | null };

/** Between the two answers lies a change that was found already, or one that an admin took for real. */
function isKnown({ beganAt, endedAt, verdict }: Known, from: number, to: number): boolean {
  const began = beganAt.getTime();
  if (verdict === "real") return from < began && began <= to;
  return isAcross([{ beganAt: began, endedAt: endedAt?.getTime() ?? null }], from, to);
}

const isSameFamily = (one: { categoryId: string; q: string }, now: AnswerRow) =>
  one.categoryId === now.category_id && one.q === now.q;

const asFound = (one: {
  kind: string;
  metric: string | null;
  factor: number | null;
  was: number;
  is: number;
}): FoundBreak => ({
  ...one,
  kind: one.kind as BreakKind,
  metric: one.metric as Metric | null,
});

const shapeOf = ({ at, total, rows }: AnswerRow): ShapedAnswer => ({ at: at.getTime(), total, rows });

/** The answer and the newest ones before it to the same question, newest first. */
async function fetchAnswers(tx: Tx, teamId: string, snapshotId: string): Promise<AnswerRow[]> {
  return tx.$queryRaw<AnswerRow[]>`
    select s.id, s.fetched_at as at, s.total, s.upstream, s.region, s."window", s.category_id, s.q, s.page, r.rows
    from snapshot now
      cross join lateral (select * from snapshot s where s.team_id = now.team_id and s.question_key = now.question_key
        and s.fetched_at <= now.fetched_at order by (s.id = now.id) desc, s.fetched_at desc limit ${EARLIER + 1}) s
      ${rowsOf}
    where now.team_id = ${teamId}::uuid and now.id = ${snapshotId}::uuid
    order by (s.id = now.id) desc, s.fetched_at desc`;
}

async function fetchShapes(tx: Tx, teamId: string, ids: readonly string[]): Promise<Map<string, ShapedAnswer>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.$queryRaw<AnswerRow[]>`
    select s.id, s.fetched_at as at, s.total, r.rows from snapshot s ${rowsOf}
    where s.team_id = ${teamId}::uuid and s.id = any(${[...ids]}::uuid[])`;
  return new Map(rows.map((row) => [row.id, shapeOf(row)]));
}

async function store(tx: Tx, teamId: string, now: AnswerRow, previous: AnswerRow, found: FoundBreak[]): Promise<void> {
  const foundAt = await appNow(tx);
  const { upstream, region, window, page, q, category_id: categoryId } = now;
  await tx.$executeRaw`
    insert into provider_break (team_id, id, upstream, region, "window", category_id, q, page, metric, kind, factor, was,
      "is", before_snapshot_id, snapshot_id, began_at, found_at)
    select s.team_id, uuid_v7_at(app_now()), s.upstream, s.region, s."window", s.category_id, s.q, s.page, n.metric,
      n.kind, n.factor, n.was, n."is", ${previous.id}::uuid, s.id, s.fetched_at, ${foundAt}
    from jsonb_to_recordset(${JSON.stringify(found)}::jsonb)
        as n(metric text, kind text, factor float8, was float8, "is" float8)
      join snapshot s on s.team_id = ${teamId}::uuid and s.id = ${now.id}::uuid
    on conflict do nothing`;
  const members = await tx.membership.findMany({ where: { teamId, removedAt: null }, select: { id: true } });
  const [first] = found;
  if (!first) return;
  const facts = { kind: first.kind, metric: first.metric, factor: first.factor, more: found.length - 1 };
  await notify(tx, teamId, {
    kind: "provider_changed",
    to: { memberIds: members.map(({ id }) => id) },
    facts: { upstream: upstream === "live" ? "live" : "sandbox", region, window, ...facts },
    link: "/alerts/provider",
    // A provider who changes everything is told of once a day for each change, and not once for each question.
    dedupe: `provider/${first.kind}/${first.metric ?? `${region}/${window}/${categoryId}/${q}/${page}`}/${foundAt.toISOString().slice(0, 10)}`,
  });
}
