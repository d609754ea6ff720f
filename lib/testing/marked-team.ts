import { randomUUID } from "node:crypto";
import { createRule } from "@/lib/alerts/create-rule";
import { alertRuleInputSchema } from "@/lib/alerts/schemas";
import type { TeamContext } from "@/lib/auth/context";
import { askForMore } from "@/lib/credits/ask-for-more";
import { changeLimits } from "@/lib/credits/change-limits";
import { buyPage } from "@/lib/insights/buy-page";
import { saveCategoryName } from "@/lib/insights/save-category-name";
import { createSchedule } from "@/lib/schedules/create-schedule";
import { createScheduleSchema, scheduleSchema } from "@/lib/schedules/schemas";
import { createOwnToken } from "@/lib/teams/create-own-token";
import { invite } from "@/lib/teams/invite";
import { readKey } from "@/lib/teams/read-key";
import { addWatchItem } from "@/lib/tracking/add-watch-item";
import { createNote } from "@/lib/tracking/create-note";
import { createOwnNumber } from "@/lib/tracking/create-own-number";
import { createSearch } from "@/lib/tracking/create-search";
import { createWatchlist } from "@/lib/tracking/create-watchlist";
import { deleteSearch } from "@/lib/tracking/delete-search";
import { deleteWatchlist } from "@/lib/tracking/delete-watchlist";
import { importHistory } from "@/lib/tracking/import-history";
import { importHistorySchema } from "@/lib/tracking/import-schemas";
import { markReviewed } from "@/lib/tracking/mark-reviewed";
import { createNoteSchema } from "@/lib/tracking/note-schemas";
import { createOwnNumberSchema } from "@/lib/tracking/own-number-schemas";
import { addWatchItemSchema, createSearchSchema, createWatchlistSchema } from "@/lib/tracking/schemas";
import { type RunOrder, startRun } from "@/lib/tracking/start-run";
import { makeMember, makeTeam } from "./factories";
import { makeDelivery } from "./outsider-of-webhooks";
import type { MarkedTeam } from "./outsider-target";
import { ask, explore, type purchases } from "./purchases";
import { json, wirePage, wireRow } from "./scripted-upstream";

/** Stands in every text of the marked team that an outsider might come to see. */
export const MARK = "marked-secret-of-the-insiders";

export const runOrder: RunOrder = {
  kind: "backfill",
  searchId: null,
  watchlistId: null,
  questions: [ask()],
  maxAgeMinutes: 0,
  maxCredits: 2,
  body: {},
  idempotencyKey: "mark-run",
};

export const searchInput = createSearchSchema.parse({ name: "All", region: "US", window: "30", pages: 1 });

export const ownNumber = createOwnNumberSchema.parse({ region: "US", month: "2026-01", ctrPct: 1.5 });

export const sheetOf = (category: string) =>
  importHistorySchema.parse({ name: "old.csv", text: `Month,Category,CPA\n2026-01,${category},5`, region: "US" });

export const watched = addWatchItemSchema.parse({ categoryId: "777777", region: "US" });

/** A team with a row of every kind, each with a mark on it, and the ids that an outsider could get hold of. */
export async function makeMarkedTeam(given: ReturnType<typeof purchases>): Promise<MarkedTeam> {
  const insider = await makeTeam();
  await makeMember(insider, "analyst", MARK);
  const marked = wireRow(1, { third_ecom_category: { id: "777777", parent_id: "848648", value: MARK } });
  given.upstream.answer((_q, response) => json(response, 200, wirePage([marked], { requestId: MARK })));
  const buyMarked = (window: string) =>
    buyPage(insider, ask({ window }), { idempotencyKey: `mark-${window}`, purpose: "explore" });
  await buyMarked("7");
  const { snapshot } = await buyMarked("30");
  given.upstream.answer((_q, response) => response.writeHead(200).end("{"));
  const lost = await buyPage(insider, ask({ region: "GB" }), explore).catch((error) => error);
  const { id: runId } = await startRun(insider, runOrder);
  await changeLimits(insider, { memberDefault: 100 });
  const { id: askId } = await askForMore(insider, { credits: 50, note: MARK });
  await saveCategoryName(insider, "777777", { name: MARK, aliases: [] });
  const makeList = () => createWatchlist(insider, createWatchlistSchema.parse({ name: MARK }));
  const [{ id: listId }, { id: goneListId }] = [await makeList(), await makeList()];
  const { id: itemId } = await addWatchItem(insider, listId, watched);
  const { id: noteId } = await createNote(
    insider,
    "777777",
    createNoteSchema.parse({ text: `${MARK} entered`, region: "US" }),
  );
  const { id: numberId } = await createOwnNumber(insider, "777777", ownNumber);
  const { id: reviewId } = await markReviewed(insider, { scope: "all" });
  const { importId } = await importHistory(insider, sheetOf("777777"));
  await deleteWatchlist(insider, goneListId);
  const [{ id: searchId }, { id: deletedSearchId }] = [
    await createSearch(insider, { ...searchInput, name: MARK }),
    await createSearch(insider, { ...searchInput, name: MARK }),
  ];
  await deleteSearch(insider, deletedSearchId);
  const { id: ruleId } = await createRule(
    insider,
    alertRuleInputSchema.parse({ condition: "is_new", watchlistId: listId, name: MARK }),
  );
  const alertId = randomUUID();
  await given.database.superuserPool.query(
    `insert into alert (team_id, id, rule_id, snapshot_id, upstream, category_id, region, "window", condition, new_at, fired_at)
     values ($1, $2, $3, $4, 'sandbox', '777777', 'US', '30', 'is_new', now(), now())`,
    [insider.team.id, alertId, ruleId, snapshot.id],
  );
  const { webhookId, deliveryId } = await makeDelivery(insider, MARK);
  const breakId = randomUUID();
  await given.database.superuserPool.query(
    `insert into provider_break (team_id, id, upstream, region, "window", category_id, q, page, kind, was, "is",
       before_snapshot_id, snapshot_id, began_at, found_at)
     values ($1, $2, 'sandbox', 'US', '30', '', $3, 1, 'empty', 20, 0, $4, $4, now() - interval '1 year', now())`,
    [insider.team.id, breakId, MARK, snapshot.id],
  );
  await given.database.superuserPool.query(
    `insert into weekly_review (team_id, week, comment, facts, sent_at, readers) values ($1, '2026-01-05', $2, '{}', now(), 1)`,
    [insider.team.id, MARK],
  );
  const daily = createScheduleSchema.parse({ searchId, cadence: "daily", hour: 9 });
  const { id: scheduleId } = scheduleSchema.parse(await createSchedule(insider, daily));
  const { id: tokenId } = await createOwnToken(insider, { name: MARK, scope: "read" });
  const { id: invitationId } = await invite(
    insider,
    { email: `${MARK}@example.com`, role: "viewer", limitCredits: 7 },
    "en",
  );
  const target = {
    tokenId,
    keyId: (await readKey(insider)).key?.id ?? "",
    invitationId,
    slug: insider.team.slug,
    requestId: lost.details.requestId,
    boughtId: snapshot.receipt.id,
    snapshotId: snapshot.id,
    memberId: insider.member.id,
    runId,
    askId,
    listId,
    itemId,
    noteId,
    reviewId,
    numberId,
    importId: importId ?? "",
    scheduleId,
    goneListId,
    searchId,
    deletedSearchId,
    ruleId,
    alertId,
    webhookId,
    deliveryId,
    breakId,
  };
  const { team, member } = insider;
  const { requestId, boughtId, askId: askedId } = target;
  const marks = [team.id, team.slug, member.id, requestId, boughtId, askedId, "777777", MARK];
  return { insider, target, marks };
}

/** Everything of that team that an outsider could have changed, as one text. */
export async function rowsOf(given: ReturnType<typeof purchases>, { team }: TeamContext): Promise<string> {
  const { rows } = await given.database.superuserPool.query(
    `select (select jsonb_agg(r order by r.id) from credit_request r where team_id = $1) as requests,
       (select jsonb_agg(k order by k.id) from team_key k where team_id = $1) as keys,
       (select jsonb_agg(q) from limit_request q where team_id = $1) as asks,
       (select jsonb_agg(l order by l.scope) from credit_limit l where team_id = $1) as limits,
       (select to_jsonb(t) from team t where id = $1) as settings,
       (select jsonb_agg(n order by n.category_id) from category_name n where team_id = $1) as names,
       (select jsonb_agg(w order by w.id) from watchlist w where team_id = $1) as lists,
       (select jsonb_agg(i order by i.id) from watch_item i where team_id = $1) as items,
       (select jsonb_agg(v order by v.id) from movement_review v where team_id = $1) as reviews,
       (select jsonb_agg(s order by s.id) from saved_search s where team_id = $1) as searches,
       (select jsonb_agg(a order by a.id) from alert_rule a where team_id = $1) as rules,
       (select jsonb_agg(r) from weekly_review r where team_id = $1) as weeks,
       (select jsonb_agg(p) from provider_break p where team_id = $1) as breaks,
       (select jsonb_agg(x order by x.id) from run x where team_id = $1) as runs,
       (select jsonb_agg(s order by s.id) from schedule s where team_id = $1) as schedules,
       (select jsonb_agg(w order by w.id) from webhook w where team_id = $1) as webhooks,
       (select jsonb_agg(d order by d.id) from webhook_delivery d where team_id = $1) as deliveries,
       (select jsonb_agg(k order by k.id) from api_token k where team_id = $1) as tokens,
       (select jsonb_agg(v) from invitation v where team_id = $1) as invitations,
       (select jsonb_agg(m order by m.id) from membership m where team_id = $1) as members,
       (select count(*) from audit_entry where team_id = $1) as audits`,
    [team.id],
  );
  return JSON.stringify(rows[0]);
}
