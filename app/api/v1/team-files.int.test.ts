import { beforeAll, describe, expect, test } from "vitest";
import * as rulesCsv from "@/app/api/v1/alerts/rules.csv/route";
import * as alertsCsv from "@/app/api/v1/alerts.csv/route";
import * as importedCsv from "@/app/api/v1/categories/[id]/imported.csv/route";
import * as notesCsv from "@/app/api/v1/categories/[id]/notes.csv/route";
import * as ownNumbersCsv from "@/app/api/v1/categories/[id]/own-numbers.csv/route";
import * as balanceCsv from "@/app/api/v1/credits/balance.csv/route";
import * as limitsCsv from "@/app/api/v1/credits/limits.csv/route";
import * as savingsCsv from "@/app/api/v1/credits/savings.csv/route";
import * as pointsCsv from "@/app/api/v1/imports/[id]/points.csv/route";
import * as importsCsv from "@/app/api/v1/imports.csv/route";
import * as storedCsv from "@/app/api/v1/insights/stored.csv/route";
import * as membersCsv from "@/app/api/v1/members.csv/route";
import * as slotsCsv from "@/app/api/v1/schedules/slots.csv/route";
import * as schedulesCsv from "@/app/api/v1/schedules.csv/route";
import * as tokensCsv from "@/app/api/v1/tokens.csv/route";
import * as deliveriesCsv from "@/app/api/v1/webhooks/[id]/deliveries.csv/route";
import type { TeamContext } from "@/lib/auth/context";
import { enterTopUp } from "@/lib/credits/enter-top-up";
import { stateBalance } from "@/lib/credits/state-balance";
import type { ApiRoute } from "@/lib/http/declaration";
import { createSchedule } from "@/lib/schedules/create-schedule";
import { createScheduleSchema, scheduleSchema } from "@/lib/schedules/schemas";
import { callApi, signedIn } from "@/lib/testing/api-call";
import { makeMember, makeTeam } from "@/lib/testing/factories";
import { makeMarkedTeam } from "@/lib/testing/marked-team";
import type { MarkedTeam, Target } from "@/lib/testing/outsider-target";
import { purchases } from "@/lib/testing/purchases";
import { savedFile } from "@/lib/testing/saved-file";
import { createOwnNumber } from "@/lib/tracking/create-own-number";
import { createSearch } from "@/lib/tracking/create-search";
import { importHistory } from "@/lib/tracking/import-history";
import { importHistorySchema } from "@/lib/tracking/import-schemas";
import { createOwnNumberSchema } from "@/lib/tracking/own-number-schemas";
import { createSearchSchema } from "@/lib/tracking/schemas";

const given = purchases();
const CATEGORY = "777777";
const MONTHS = { region: "US", window: "month", from: "2025-12-01", to: "2026-12-31" };

type File = { route: ApiRoute; id?: (target: Target) => string; query?: Record<string, string>; isOfAdmins?: true };

/** Every file of what a team typed, brought, set up or was told, and whose row it is asked for. */
const FILES: Record<string, File> = {
  answers: { route: storedCsv.GET },
  imports: { route: importsCsv.GET },
  sheet: { route: pointsCsv.GET, id: ({ importId }) => importId },
  imported: { route: importedCsv.GET, id: () => CATEGORY, query: MONTHS },
  numbers: { route: ownNumbersCsv.GET, id: () => CATEGORY },
  notes: { route: notesCsv.GET, id: () => CATEGORY },
  alerts: { route: alertsCsv.GET },
  rules: { route: rulesCsv.GET },
  schedules: { route: schedulesCsv.GET },
  limits: { route: limitsCsv.GET },
  members: { route: membersCsv.GET },
  tokens: { route: tokensCsv.GET, isOfAdmins: true },
  deliveries: { route: deliveriesCsv.GET, id: ({ webhookId }) => webhookId },
};

let marked: MarkedTeam;
let viewer: TeamContext;
beforeAll(async () => {
  marked = await makeMarkedTeam(given);
  viewer = await makeMember(marked.insider, "viewer", "Sam Ortiz");
});

describe("a team's own things as files", () => {
  test.each(Object.entries(FILES))("%s: a viewer has the rows, another team none of them", async (_name, file) => {
    const id = file.id?.(marked.target);
    const { rows } = await savedFile(file.isOfAdmins ? marked.insider : viewer, file.route, id, file.query);
    expect(rows.length).toBeGreaterThan(0);
    const outsider = await makeTeam();
    const answer = await callApi(file.route, {
      cookie: await signedIn(outsider.member.userId),
      query: { team: outsider.team.slug, ...file.query },
      ...(id ? { params: { id } } : {}),
    });
    expect([200, 404]).toContain(answer.status);
    for (const mark of marked.marks) expect(answer.text).not.toContain(mark);
    const asked = await callApi(file.route, {
      cookie: await signedIn(outsider.member.userId),
      query: { team: marked.insider.team.slug, ...file.query },
      ...(id ? { params: { id } } : {}),
    });
    expect(asked.status).toBe(404);
  });

  test("what a sheet says is raw, by its day or month, and says that it was imported", async () => {
    const { insider } = marked;
    const text = `Date,Category,Region,Popularity,CPA,Rank\n2026-01-05,${CATEGORY},US,11500,0.5,3\n`;
    const sheet = importHistorySchema.parse({ name: "=sheet", text, region: "US", window: "7" });
    const { importId } = await importHistory(insider, sheet);
    const line = {
      day_or_month: "2026-01-05",
      category_id: CATEGORY,
      source: "imported",
      region: "US",
      window: "7",
      rank: "3",
      posts: "11500",
      ctr_pct: "",
      cpa: "0.5",
      sheet: "'=sheet",
    };
    expect((await savedFile(insider, pointsCsv.GET, importId ?? "")).rows).toMatchObject([line]);
    const { rows } = await savedFile(insider, importedCsv.GET, CATEGORY, { ...MONTHS, window: "7" });
    expect(rows).toMatchObject([line]);
    expect((await savedFile(insider, importsCsv.GET)).rows[0]).toMatchObject({ sheet: "'=sheet", rows: "1" });
  });

  test("own numbers have their currency, and no word of an unknown one", async () => {
    const { insider } = marked;
    const number = createOwnNumberSchema.parse({ region: "GB", month: "2026-02", cpa: 4.5, currency: "gbp" });
    await createOwnNumber(insider, CATEGORY, number);
    const { rows, keys, words } = await savedFile(insider, ownNumbersCsv.GET, CATEGORY);
    expect(rows).toMatchObject([
      { month: "2026-02", region: "GB", cpa: "4.5", currency: "GBP", ctr_pct: "", source: "own" },
      { month: "2026-01", region: "US", ctr_pct: "1.5", cpa: "", currency: "" },
    ]);
    expect(words[keys.indexOf("cpa")]).toBe("每次转化成本（CPA）");
  });

  test("a decision has its reason, and what is stored from before and since, each under its own head", async () => {
    const { rows, keys, words } = await savedFile(viewer, notesCsv.GET, CATEGORY);
    const [note] = rows;
    expect(note).toMatchObject({ kind: "note", region: "US", window: "7", due: "no", posts_after: "" });
    expect(Number(note?.posts_before)).toBeGreaterThan(0);
    expect(Date.parse(note?.before_fetched_at ?? "")).toBeGreaterThan(0);
    expect(words[keys.indexOf("posts_before")]).toMatch(/（决定前）$/);
  });

  test("no token stands in the file of tokens, and no secret in that of deliveries", async () => {
    const [token] = (await savedFile(marked.insider, tokensCsv.GET)).rows;
    expect(token).toMatchObject({ scope: "read", state: "valid" });
    expect(token?.last_four).toHaveLength(4);
    expect((await savedFile(viewer, tokensCsv.GET)).rows).toEqual([]);
    const { rows } = await savedFile(viewer, deliveriesCsv.GET, marked.target.webhookId);
    expect(rows[0]).toMatchObject({ delivery_id: marked.target.deliveryId });
    expect(JSON.stringify(rows)).not.toContain("whsec_");
  });

  test("limits say what holds now, and a stated balance by how much it was off as the account sees it", async () => {
    const ctx = await makeTeam();
    await stateBalance(ctx, { credits: 100 });
    await enterTopUp(ctx, { credits: 50 });
    await stateBalance(ctx, { credits: 160 });
    const { rows } = await savedFile(ctx, balanceCsv.GET);
    expect(rows.map(({ kind, credits, expected_high, drift }) => [kind, credits, expected_high, drift])).toEqual([
      ["stated", "160", "150", "10"],
      ["top_up", "50", "", ""],
      ["stated", "100", "", ""],
    ]);
    const limits = await savedFile(marked.insider, limitsCsv.GET);
    expect(limits.rows.find(({ section }) => section === "member_default")).toMatchObject({ limit: "100" });
    expect(limits.rows.find(({ name }) => name === "Sam Ortiz")).toMatchObject({ limit: "", limit_now: "100" });
  });

  test("what was spent for nothing has the total first, then a line for each member", async () => {
    const period = (await savedFile(marked.insider, limitsCsv.GET)).rows[0]?.period_from ?? "";
    const { rows } = await savedFile(marked.insider, savingsCsv.GET, undefined, { period });
    expect(rows[0]).toMatchObject({ section: "total", otherwise: "" });
    expect(Number(rows[0]?.spent)).toBeGreaterThan(0);
    expect(rows.filter(({ section }) => section === "member").map(({ name }) => name)).toContain("Mia Keller");
  });

  test("renewals are all there, beyond what a page shows, of all schedules or of one", async () => {
    const ctx = await makeTeam();
    const schedules = [];
    for (const name of ["A", "B"]) {
      const { id: searchId } = await createSearch(
        ctx,
        createSearchSchema.parse({ name, region: "US", window: "7", pages: 1 }),
      );
      const daily = createScheduleSchema.parse({ searchId, cadence: "daily", hour: 9 });
      schedules.push(scheduleSchema.parse(await createSchedule(ctx, daily)).id);
    }
    // The same moments for both: a batch may end between two of them.
    await given.database.superuserPool.query(
      `insert into schedule_slot (team_id, schedule_id, due_at, opened_at, ended_at, outcome, credits)
       select $1, s.id, now() - n * interval '1 day', now(), now(), 'renewed', 2
       from unnest($2::uuid[]) s (id), generate_series(1, 520) n`,
      [ctx.team.id, schedules],
    );
    const { rows } = await savedFile(ctx, slotsCsv.GET);
    expect(new Set(rows.map(({ schedule_id, due_at }) => `${schedule_id} ${due_at}`)).size).toBe(1040);
    const one = await savedFile(ctx, slotsCsv.GET, undefined, { schedule: schedules[1] ?? "" });
    expect(new Set(one.rows.map(({ name, credits }) => `${name} ${credits}`))).toEqual(new Set(["B 2"]));
    expect(one.rows).toHaveLength(520);
    const foreign = await callApi(slotsCsv.GET, {
      cookie: await signedIn(ctx.member.userId),
      query: { team: ctx.team.slug, schedule: marked.target.scheduleId },
    });
    expect(foreign.status).toBe(404);
  });
});
