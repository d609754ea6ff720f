import { beforeAll, describe, expect, test } from "vitest";
import { readSessionsPage } from "@/lib/accounts/read-sessions";
import { readRulesPage } from "@/lib/alerts/read-rules";
import type { TeamContext } from "@/lib/auth/context";
import { readLimitsPage } from "@/lib/credits/read-limits";
import { readCategoryNamesPage } from "@/lib/insights/read-category-names";
import type { TableLook, TablePage } from "@/lib/platform/format/table-page";
import { readPlan } from "@/lib/schedules/read-plan";
import { readRenewables } from "@/lib/schedules/read-renewables";
import { readPlannable, readSchedules, readSchedulesPage } from "@/lib/schedules/read-schedules";
import { readInvitationsPage } from "@/lib/teams/read-invitations";
import { readMembersPage } from "@/lib/teams/read-members";
import { readTokensPage } from "@/lib/teams/read-tokens";
import { findThings } from "@/lib/tracking/find-things";
import { readImportsPage } from "@/lib/tracking/read-imports";
import { readRefreshChoices } from "@/lib/tracking/read-refresh-choices";
import { readSearchesPage } from "@/lib/tracking/read-searches";
import { readWatchlistsPage } from "@/lib/tracking/read-watchlists";
import { readWebhooksPage } from "@/lib/webhooks/read-webhooks";
import { makeTeam } from "./factories";
import { fillLongTables } from "./long-tables";
import { purchases } from "./purchases";
import { sentPlans } from "./sent-plans";

const given = purchases();
const ROWS = 120;
/** Of another team, so many that only an index pays. */
const OTHERS = 5_000;

const ownerOf = ({ team, member }: TeamContext) => ({
  teamId: team.id,
  memberId: member.id,
  userId: member.userId,
});

let ctx: TeamContext;

beforeAll(async () => {
  ctx = await makeTeam();
  const other = await makeTeam();
  await fillLongTables(given.database.superuserPool, ownerOf(other), OTHERS);
  await fillLongTables(given.database.superuserPool, ownerOf(ctx), ROWS);
}, 300_000);

/** A page of each, and how many rows there are: the owner is a member too, and so on. */
const PAGES: Record<
  string,
  { read: (look: TableLook) => Promise<TablePage<unknown>>; rows?: number; q?: string; most?: number }
> = {
  searches: { read: (look) => readSearchesPage(ctx, look) },
  watchlists: { read: (look) => readWatchlistsPage(ctx, look) },
  schedules: { read: (look) => readSchedulesPage(ctx, look) },
  rules: { read: (look) => readRulesPage(ctx, look) },
  members: { read: (look) => readMembersPage(ctx, look), rows: ROWS + 1 },
  invitations: { read: (look) => readInvitationsPage(ctx, look), q: "row77.of" },
  tokens: { read: (look) => readTokensPage(ctx, look) },
  limits: {
    read: async (look) => (await readLimitsPage(ctx, { members: look, tokens: look })).members,
    rows: ROWS + 1,
    most: 30,
  },
  "limits of tokens": {
    read: async (look) => (await readLimitsPage(ctx, { members: look, tokens: look })).tokens,
    most: 20,
  },
  names: { read: (look) => readCategoryNamesPage(ctx, look) },
  imports: { read: (look) => readImportsPage(ctx, look) },
  webhooks: { read: (look) => readWebhooksPage(ctx, look) },
};

describe.each(Object.entries(PAGES))("a page of %s", (_name, { read, rows = ROWS, q = "row 77 of", most = 50 }) => {
  test("holds so many of them, and the last the rest", async () => {
    const [first, last] = [await read({ q: "", page: 1 }), await read({ q: "", page: 99 })];
    const pages = Math.ceil(rows / most);
    expect([first.total, first.pages, first.items.length]).toEqual([rows, pages, most]);
    expect([last.page, last.items.length]).toEqual([pages, rows - (pages - 1) * most]);
  });

  test("is of what a text is found in, and of nothing else", async () => {
    expect((await read({ q: q.toUpperCase(), page: 1 })).items).toHaveLength(1);
    expect(await read({ q: "%", page: 1 })).toMatchObject({ items: [], total: 0, page: 1, pages: 1 });
  });
});

test("browsers that are signed in come a page at a time, this one first", async () => {
  const account = { id: ctx.member.userId, session: { id: "00000000-0000-7000-8000-000000000001" } };
  const page = await readSessionsPage(account as Parameters<typeof readSessionsPage>[0], { q: "", page: 2 });
  expect([page.total, page.pages, page.items.length]).toEqual([ROWS, 3, 50]);
});

test("what all schedules cost is the same added up by rules as one by one", async () => {
  const [page, all] = [await readSchedulesPage(ctx, { q: "row 7", page: 1 }), await readSchedules(ctx)];
  expect(page.all).toEqual({ count: ROWS, active: ROWS, monthCredits: all.monthCredits });
  expect(all.monthCredits).toBe(ROWS * 30 * 2);
});

const plansOf = (read: () => Promise<unknown>) => sentPlans(given.database.appPool, ctx.team.id, read);

// Accounts are of no team: whether their table is read whole is a matter of how many others there are.
const TABLES = ["membership", "invitation", "api_token", "saved_search", "watchlist", "schedule", "category"].concat([
  "category_name",
  "alert_rule",
  "history_import",
  "webhook",
]);

describe("the rows of a team are found among those of others by an index", () => {
  const READS: Record<string, () => Promise<unknown>> = {
    ...Object.fromEntries(
      Object.entries(PAGES).flatMap(([name, { read }]) => [
        [`for a page of ${name}`, () => read({ q: "", page: 2 })],
        [`for what is found of ${name}`, () => read({ q: "row 7", page: 1 })],
      ]),
    ),
    "for the plan of the schedules": () => readPlan(ctx),
    "for what a plan takes": () => readPlannable(ctx),
    "for what could be scheduled": () => readRenewables(ctx, null),
    "for what can be renewed together": () => readRefreshChoices(ctx, [], { watchlists: [], searches: [] }),
    "for a person who is looked for": () => findThings(ctx, { q: "row 7", kind: "person" }),
    "for a category that is looked for": () => findThings(ctx, { q: "row 7", kind: "category" }),
  };
  test.each(Object.entries(READS))("%s", async (_name, read) => {
    for (const plan of await plansOf(read)) {
      for (const table of TABLES) expect(plan).not.toMatch(new RegExp(`Seq Scan on ${table}\\b`));
    }
  });
});
