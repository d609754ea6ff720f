import { beforeAll, describe, expect, test } from "vitest";
import * as historySvg from "@/app/api/v1/categories/[id]/history.svg/route";
import * as compareSvg from "@/app/api/v1/compare.svg/route";
import * as summarySvg from "@/app/api/v1/credits/summary.svg/route";
import type { TeamContext } from "@/lib/auth/context";
import { buyPage } from "@/lib/insights/buy-page";
import { saveCategoryName } from "@/lib/insights/save-category-name";
import { callApi, signedIn } from "@/lib/testing/api-call";
import { makeTeam } from "@/lib/testing/factories";
import { ask, explore, purchases } from "@/lib/testing/purchases";
import { json, wirePage, wireRow } from "@/lib/testing/scripted-upstream";
import { createOwnNumber } from "@/lib/tracking/create-own-number";
import { createOwnNumberSchema } from "@/lib/tracking/own-number-schemas";

const given = purchases();
const HOSTILE = `<script>alert("1")</script> & ']]>`;
let owner: TeamContext;
let call: { cookie: string; query: Record<string, string>; params: { id: string } };
beforeAll(async () => {
  owner = await makeTeam();
  given.upstream.answer((_request, response) => json(response, 200, wirePage([wireRow(1, {}), wireRow(2, {})])));
  await buyPage(owner, ask(), explore);
  await saveCategoryName(owner, "91", { name: HOSTILE, aliases: [] });
  const query = { team: owner.team.slug, region: "US", window: "7" };
  call = { cookie: await signedIn(owner.member.userId), query, params: { id: "91" } };
});

describe("a chart as a picture", () => {
  test("names the figure, the category, the question and the source, whatever the name holds", async () => {
    const answer = await callApi(historySvg.GET, { ...call, query: { ...call.query, metric: "cpa" } });
    expect(answer.status, answer.text).toBe(200);
    expect(answer.headers.get("content-type")).toBe("image/svg+xml; charset=utf-8");
    expect(answer.headers.get("content-disposition")).toMatch(/^attachment; filename="nichebook-chart-.*-cpa\.svg"$/);
    const escaped = "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; ']]&gt;";
    for (const words of [`CPA · ${escaped}`, "United States · Last 7 days", "Source: KeyAPI, fetched", "Nichebook"]) {
      expect(answer.text).toContain(words);
    }
    expect(answer.text).not.toContain("<script");
  });

  test("speaks the language and wears the theme that are asked for", async () => {
    const query = { ...call.query, language: "zh-CN", theme: "dark" };
    const answer = await callApi(historySvg.GET, { ...call, query });
    for (const words of ["美国", "近7天", "来源：KeyAPI", 'fill="#1b1b19"']) expect(answer.text).toContain(words);
    const wrong = await callApi(historySvg.GET, { ...call, query: { ...call.query, language: "tlh", theme: "pink" } });
    expect(wrong).toMatchObject({ status: 400, body: { errors: [{ path: "language" }, { path: "theme" }] } });
  });

  test("draws own numbers beside calendar months, with their currency in the legend", async () => {
    await createOwnNumber(
      owner,
      "91",
      createOwnNumberSchema.parse({ region: "US", month: "2026-01", cpa: "5", currency: "EUR" }),
    );
    const query = { ...call.query, window: "month", metric: "cpa", from: "2025-06", to: "2026-06" };
    const answer = await callApi(historySvg.GET, { ...call, query });
    expect(answer.text).toContain("Our own, in EUR");
    expect(answer.text).toMatch(/<circle/);
  });

  test("of a comparison has a legend with each line's letter and name; of nothing stored it says so", async () => {
    const query = { team: owner.team.slug, categories: "91,92", regions: "US", window: "7", scale: "index" };
    const answer = await callApi(compareSvg.GET, { cookie: call.cookie, query });
    expect(answer.status, answer.text).toBe(200);
    expect(answer.text.match(/stroke-dasharray="7 4"/g)?.length).toBeGreaterThan(0);
    for (const words of [">A<", ">B<", "Index = 100"]) expect(answer.text).toContain(words);
    const nothing = await callApi(compareSvg.GET, { cookie: call.cookie, query: { ...query, regions: "GB" } });
    expect(nothing.text).toContain("Nothing is stored of this in these days");
  });

  test("of credits has each spender's colour, its selection in words, and refuses days in the wrong order", async () => {
    const query = { team: owner.team.slug, region: "US", purpose: "explore" };
    const answer = await callApi(summarySvg.GET, { cookie: call.cookie, query });
    expect(answer.status, answer.text).toBe(200);
    expect(answer.headers.get("content-type")).toBe("image/svg+xml; charset=utf-8");
    for (const words of ["Spent by day and member", "United States", "2 credits", owner.team.name]) {
      expect(answer.text).toContain(words);
    }
    expect(answer.text).toMatch(/<rect[^>]*stroke="#ffffff"/);
    const empty = await callApi(summarySvg.GET, {
      cookie: call.cookie,
      query: { ...query, language: "zh-CN", region: "GB" },
    });
    expect(empty.text).toContain("这些日期没有花费。");
    const wrong = await callApi(summarySvg.GET, {
      cookie: call.cookie,
      query: { ...query, from: "2026-11-02", to: "2026-11-01" },
    });
    expect(wrong).toMatchObject({ status: 400, body: { errors: [{ path: "to" }] } });
  });
});
