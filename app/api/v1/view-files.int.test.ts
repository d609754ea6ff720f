import { beforeAll, describe, expect, test } from "vitest";
import * as historyCsv from "@/app/api/v1/categories/[id]/history.csv/route";
import * as regionsCsv from "@/app/api/v1/categories/[id]/regions.csv/route";
import * as compareCsv from "@/app/api/v1/compare.csv/route";
import * as compareXlsx from "@/app/api/v1/compare.xlsx/route";
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
