import { beforeAll, describe, expect, test } from "vitest";
import * as previewCsv from "@/app/api/v1/alerts/rules/preview.csv/route";
import * as previewSvg from "@/app/api/v1/alerts/rules/preview.svg/route";
import * as figuresCsv from "@/app/api/v1/categories/[id]/figures.csv/route";
import * as historyCsv from "@/app/api/v1/categories/[id]/history.csv/route";
import * as regionsCsv from "@/app/api/v1/categories/[id]/regions.csv/route";
import * as siblingsCsv from "@/app/api/v1/categories/[id]/siblings.csv/route";
import * as compareCsv from "@/app/api/v1/compare.csv/route";
import * as compareXlsx from "@/app/api/v1/compare.xlsx/route";
import * as storedCsv from "@/app/api/v1/insights/stored.csv/route";
import * as insightsCsv from "@/app/api/v1/insights.csv/route";
import type { TeamContext } from "@/lib/auth/context";
import { callApi, signedIn } from "@/lib/testing/api-call";
import { makeTeam } from "@/lib/testing/factories";
import { pastPurchases } from "@/lib/testing/purchases";
import { savedFile } from "@/lib/testing/saved-file";
import { wireRow } from "@/lib/testing/scripted-upstream";

const { given, bought } = pastPurchases();
let ctx: TeamContext;
let receipts: string[];
beforeAll(async () => {
  ctx = await makeTeam();
  receipts = [
    await bought(ctx, "2026-10-01T08:00:00Z", [wireRow(1, { cpa: 4, post: 1000 }), wireRow(2, { cpa: null })]),
    await bought(ctx, "2026-10-09T08:00:00Z", [wireRow(1, { cpa: 5, post: 1100 })]),
    await bought(ctx, "2026-10-09T08:05:00Z", [wireRow(21, { post: 7 })], { page: 2 }),
    await bought(ctx, "2026-10-10T08:00:00Z", [], { region: "GB" }),
  ];
});

describe("a view's table as a file", () => {
  test("of a ranking holds all stored pages, each row with its page's own time and request", async () => {
    const { rows } = await savedFile(ctx, insightsCsv.GET, undefined, { region: "US", window: "7", page: "9" });
    expect(rows).toMatchObject([
      { position: "1", rank: "1", cpa: "5", posts: "1100", region: "US", window: "7", request_id: receipts[1] },
      { position: "21", page: "2", posts: "7", request_id: receipts[2], fetched_at: "2026-10-09T08:05:00.000Z" },
    ]);
  });

  test("of a category's answers is newest first, raw, with the reader's words above", async () => {
    const query = { region: "US", window: "7", from: "2026-09-01", to: "2026-10-31" };
    const { rows, keys, words } = await savedFile(ctx, historyCsv.GET, "91", query);
    expect(rows.map(({ fetched_at, cpa, request_id }) => [fetched_at, cpa, request_id])).toEqual([
      ["2026-10-09T08:00:00.000Z", "5", receipts[1]],
      ["2026-10-01T08:00:00.000Z", "4", receipts[0]],
    ]);
    expect(words[keys.indexOf("not_updated")]).toBe("数据源未更新");
    expect(words[keys.indexOf("cpa")]).toBe("每次转化成本（CPA），币种未说明");
  });

  test("of a comparison has a row for each series and day, with the index where there is one", async () => {
    const query = {
      categories: "91,92",
      regions: "US",
      window: "7",
      metric: "cpa",
      from: "2026-09-01",
      to: "2026-10-31",
    };
    const { rows } = await savedFile(ctx, compareCsv.GET, undefined, query);
    expect(rows.map(({ date, category_id, value, index }) => [date, category_id, value, index])).toEqual([
      ["2026-10-01", "91", "4", "100"],
      ["2026-10-09", "91", "5", "125"],
      ["2026-10-01", "92", "", ""],
    ]);
    const workbook = await callApi(compareXlsx.GET, {
      cookie: await signedIn(ctx.member.userId),
      query: { team: ctx.team.slug, ...query },
    });
    expect(workbook.headers.get("content-type")).toContain("spreadsheetml");
  });

  test("of a category's figures has each with its change, its place among peers, and both moments", async () => {
    const { rows } = await savedFile(ctx, figuresCsv.GET, "91", { region: "US", window: "7" });
    expect(rows.find(({ figure }) => figure === "cpa")).toMatchObject({
      value: "5",
      before: "4",
      moved_by: "25",
      percentile: "0",
      percentile_of: "higher",
      region: "US",
      window: "7",
      fetched_at: "2026-10-09T08:00:00.000Z",
      before_fetched_at: "2026-10-01T08:00:00.000Z",
      request_id: receipts[1],
    });
    expect(rows.find(({ figure }) => figure === "posts")).toMatchObject({
      value: "1100",
      percentile: "50",
      percentile_of: "lower",
      peers: "2",
    });
    expect((await savedFile(ctx, figuresCsv.GET, "91", { region: "GB", window: "7" })).rows).toEqual([]);
  });

  test("of siblings has the category among them, most popular first, each by its own newest answer", async () => {
    const { rows } = await savedFile(ctx, siblingsCsv.GET, "91", { region: "US", window: "7" });
    expect(rows.map(({ category_id, posts, request_id }) => [category_id, posts, request_id])).toEqual([
      ["92", "11498", receipts[0]],
      ["91", "1100", receipts[1]],
      ["921", "7", receipts[2]],
    ]);
    expect(rows[0]).toMatchObject({ level_2: "Makeup & Perfume", cpa: "", region: "US", window: "7" });
  });

  test("of what is stored has each question once, with its newest answer, over as many batches as there are", async () => {
    const { rows } = await savedFile(ctx, storedCsv.GET);
    expect(rows.map(({ region, page, request_id }) => [region, page, request_id])).toEqual(
      expect.arrayContaining([
        ["GB", "1", receipts[3]],
        ["US", "2", receipts[2]],
        ["US", "1", receipts[1]],
      ]),
    );
    expect(rows).toHaveLength(3);
  });

  test("of a rule that is tried has its course, marked as the picture is, and a mistake in it is named", async () => {
    const recent = await makeTeam();
    const ago = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
    for (const [days, post] of [
      [20, 1000],
      [10, 4000],
    ] as const) {
      await bought(recent, ago(days), [wireRow(1, { post })]);
    }
    const rule = { condition: "rises_by", metric: "posts", value: "25", categoryId: "91", region: "US", window: "7" };
    const { rows } = await savedFile(recent, previewCsv.GET, undefined, rule);
    expect(rows.map(({ value, told, figure }) => [value, told, figure])).toEqual([
      ["1000", "no", "posts"],
      ["4000", "yes", "posts"],
    ]);
    const cookie = await signedIn(recent.member.userId);
    const ask = (query: Record<string, string>) =>
      callApi(previewSvg.GET, { cookie, query: { team: recent.team.slug, ...rule, ...query } });
    const picture = await ask({ language: "zh-CN" });
    expect(picture.status, picture.text).toBe(200);
    expect(picture.text).toContain("标出的 1 天会提醒");
    expect(picture.text.match(/stroke-dasharray="3 3"/g)).toHaveLength(1);
    expect(await ask({ value: "much" })).toMatchObject({ status: 400, body: { errors: [{ path: "value" }] } });
    expect(await ask({ condition: "older_than", value: "3" })).toMatchObject({ status: 404 });
  });

  test("of the regions leaves empty what is a hole, and no file asks the provider for anything", async () => {
    given.upstream.seen.length = 0;
    const { rows } = await savedFile(ctx, regionsCsv.GET, "91", { window: "7", metric: "cpa" });
    expect(rows).toMatchObject([
      { region: "GB", value: "", request_id: "" },
      { region: "US", value: "5", before: "4", before_fetched_at: "2026-10-01T08:00:00.000Z", request_id: receipts[1] },
    ]);
    expect(given.upstream.seen).toEqual([]);
  });
});
