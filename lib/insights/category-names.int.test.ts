import { describe, expect, test } from "vitest";
import { PUT } from "@/app/api/v1/categories/[id]/name/route";
import type { TeamContext } from "@/lib/auth/context";
import { callApi, signedIn } from "@/lib/testing/api-call";
import { makeMember, makeTeam } from "@/lib/testing/factories";
import { ask, explore, purchases } from "@/lib/testing/purchases";
import { json, wirePage, wireRow } from "@/lib/testing/scripted-upstream";
import { buyPage } from "./buy-page";
import { pasteCategoryNames } from "./paste-category-names";
import { readCategories } from "./read-categories";
import { readCategoryNames } from "./read-category-names";
import { saveCategoryName } from "./save-category-name";
import { categoryNameInputSchema } from "./schemas";

const given = purchases();
async function learn(ctx: TeamContext, value: string) {
  const row = wireRow(1, { third_ecom_category: { id: "101", parent_id: "848648", value } });
  given.upstream.answer((_request, response) => json(response, 200, wirePage([row])));
  await buyPage(ctx, ask({ maxAgeMinutes: 0 }), explore);
}
const name = (ctx: TeamContext, over: object, id = "101") =>
  saveCategoryName(ctx, id, categoryNameInputSchema.parse(over));
const found = async (ctx: TeamContext, q: string) =>
  (await readCategories(ctx, { q })).items.flatMap(({ id, level }) => (level === 3 ? [id] : []));

describe("a team's own name of a category", () => {
  test("finds it beside aliases and the provider's name, and outlives the provider's renaming", async () => {
    const ctx = await makeTeam();
    await learn(ctx, "Perfume");
    await name(ctx, { name: "香水", aliases: ["scent", "EDP", "scent"] });
    for (const q of ["香", "SCEN", "perf"]) expect([q, await found(ctx, q)]).toEqual([q, ["101"]]);
    await learn(ctx, "Fragrance");
    const [category] = (await readCategories(ctx, { q: "香水" })).items;
    expect(category).toMatchObject({ id: "101", name: "Fragrance", ownName: "香水" });
    expect((await readCategoryNames(ctx)).items).toEqual([
      { id: "101", name: "香水", aliases: ["scent", "EDP"], providerName: "Fragrance", version: 1 },
    ]);
    await name(ctx, { name: "", aliases: [] });
    expect((await readCategoryNames(ctx)).items).toEqual([]);
    expect(await found(ctx, "香水")).toEqual([]);
  });

  test("that two people give at once is the first one's, and the second is told", async () => {
    const ctx = await makeTeam();
    const other = await makeMember(ctx, "analyst");
    const both = await Promise.allSettled([
      name(ctx, { name: "One", version: 0 }),
      name(other, { name: "Two", version: 0 }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(both.find((one) => one.status === "rejected")).toMatchObject({
      reason: { code: "conflict", details: { reason: "edited_meanwhile" } },
    });
  });

  test("is pasted as a table, and lines that name nothing are reported", async () => {
    const ctx = await makeTeam();
    await name(ctx, { name: "Old" });
    const text = "101\t香水\tscent, EDP\n102\t\tserum\n\nperfume\t香水\n103\n102\t精华";
    const report = await pasteCategoryNames(ctx, { text });
    expect(report.saved).toEqual([
      { line: 1, id: "101", name: "香水" },
      { line: 6, id: "102", name: "精华" },
    ]);
    expect(report.notUnderstood).toEqual([
      { line: 4, text: "perfume 香水", reason: "id" },
      { line: 5, text: "103", reason: "empty" },
    ]);
    const { items } = await readCategoryNames(ctx);
    expect(items.toSorted((a, b) => a.id.localeCompare(b.id))).toMatchObject([
      { id: "101", name: "香水", aliases: ["scent", "EDP"], version: 2 },
      { id: "102", name: "精华", aliases: [], version: 1 },
    ]);
  });

  test("is read by viewers and given by everybody else", async () => {
    const owner = await makeTeam();
    const [viewer, analyst] = [await makeMember(owner, "viewer"), await makeMember(owner, "analyst")];
    await name(analyst, { name: "Ours" });
    expect((await readCategoryNames(viewer)).items).toHaveLength(1);
    await expect(name(viewer, { name: "Mine" })).rejects.toMatchObject({ code: "forbidden" });
    await expect(pasteCategoryNames(viewer, { text: "1\tx" })).rejects.toMatchObject({ code: "forbidden" });
    const cookie = await signedIn(owner.member.userId);
    const call = { method: "PUT", cookie, query: { team: owner.team.slug } };
    const long = await callApi(PUT, { ...call, params: { id: "101" }, json: { name: "x".repeat(81) } });
    expect(long).toMatchObject({ status: 400, body: { errors: [{ path: "name" }] } });
    expect(await callApi(PUT, { ...call, params: { id: "perfume" }, json: {} })).toMatchObject({ status: 404 });
  });
});
