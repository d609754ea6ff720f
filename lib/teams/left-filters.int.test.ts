import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { asTeam } from "@/lib/auth/context";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";
import { makeMember, makeTeam } from "@/lib/testing/factories";
import { leaveFiltersSchema } from "./filter-schemas";
import { leaveFilters } from "./leave-filters";
import { readFilters } from "./read-filters";
import { removeMember } from "./remove-member";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

const leave = (page: string, filters: object) => leaveFiltersSchema.parse({ page, filters });

describe("the filters that somebody left", () => {
  test("are each member's own, by page, and the last ones count", async () => {
    const ctx = await makeTeam();
    const viewer = await makeMember(ctx, "viewer");
    expect(await readFilters(ctx, "explore")).toEqual({});
    await leaveFilters(ctx, leave("explore", { region: "GB", window: "30", q: '“a\\" \u00fc 香水' }));
    await leaveFilters(ctx, leave("home", { metric: "posts" }));
    await leaveFilters(viewer, leave("explore", { region: "VN" }));
    expect(await readFilters(ctx, "explore")).toEqual({ region: "GB", window: "30", q: '“a\\" \u00fc 香水' });
    await leaveFilters(ctx, leave("explore", { region: "US", window: "7" }));
    expect(await readFilters(ctx, "explore")).toEqual({ region: "US", window: "7" });
    expect(await readFilters(ctx, "home")).toEqual({ metric: "posts" });
    expect(await readFilters(viewer, "explore")).toEqual({ region: "VN" });
    expect(await readFilters(viewer, "credits")).toEqual({});
    expect(await readFilters(await makeTeam(), "explore")).toEqual({});
  });

  test("hold the names that a page keeps, and no more", () => {
    for (const [page, filters] of [
      ["explore", { page: "3" }],
      ["credits", { from: "2026-11-01" }],
      ["explore", { q: "x".repeat(201) }],
      ["explore", { q: 5 }],
      ["settings", {}],
      ["home", null],
    ] as const) {
      expect(leaveFiltersSchema.safeParse({ page, filters }).success, page).toBe(false);
    }
  });

  test("are forgotten with the membership, and what cannot be read is none", async () => {
    const ctx = await makeTeam();
    const member = await makeMember(ctx, "analyst");
    await leaveFilters(member, leave("explore", { q: "a secret" }));
    await removeMember(ctx, member.member.id);
    const { rows } = await database.superuserPool.query("select left_filters from membership where id = $1", [
      member.member.id,
    ]);
    expect(rows).toEqual([{ left_filters: {} }]);
    await asTeam(
      ctx.team.id,
      (tx) =>
        tx.$executeRaw`update membership set left_filters = '{"explore": {"region": 5}}' where id = ${ctx.member.id}::uuid`,
    );
    expect(await readFilters(ctx, "explore")).toEqual({});
  });
});
