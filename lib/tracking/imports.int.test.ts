import { beforeAll, describe, expect, test } from "vitest";
import { POST } from "@/app/api/v1/imports/route";
import type { TeamContext } from "@/lib/auth/context";
import { historyInputSchema } from "@/lib/insights/history-schemas";
import { readCategory } from "@/lib/insights/read-category";
import { readCategoryHistory } from "@/lib/insights/read-category-history";
import { readCategoryNow } from "@/lib/insights/read-category-now";
import { readRegions } from "@/lib/insights/read-regions";
import { callApi, signedIn } from "@/lib/testing/api-call";
import { makeMember, makeTeam } from "@/lib/testing/factories";
import { pastPurchases } from "@/lib/testing/purchases";
import { wireRow } from "@/lib/testing/scripted-upstream";
import { importHistory } from "./import-history";
import { importHistorySchema } from "./import-schemas";
import { movementsInputSchema } from "./movement-schemas";
import { readImported } from "./read-imported";
import { readImports } from "./read-imports";
import { readMovements } from "./read-movements";
import { removeImport, restoreImport } from "./remove-import";

const { bought } = pastPurchases();
let owner: TeamContext;
beforeAll(async () => {
  owner = await makeTeam();
  const row = (place: number, post: number) => wireRow(place, { third_ecom_category: { id: `9${place}` }, post });
  const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString();
  await bought(owner, day(12), [row(1, 100), row(2, 90)]);
  await bought(owner, day(1), [row(1, 130), row(2, 80)]);
});

const SHEET = "Date,Category,Region,Popularity,CPA,Rank\n2026-01-05,91,US,999999,0.01,1\n2026-01-12,92,US,1,999,2\n";
const order = (over: object = {}) =>
  importHistorySchema.parse({ name: "2025 sheet.csv", text: SHEET, region: "US", window: "7", ...over });
const span = { region: "US", window: "7", from: "2025-12-01", to: "2026-12-31" } as const;

/** Everything that is computed of this category and of what moved, without the moments at which it was read. */
async function computed(ctx: TeamContext) {
  const { seenAt: _, ...movements } = await readMovements(
    ctx,
    movementsInputSchema.parse({ metric: "posts", window: "7" }),
  );
  return {
    movements,
    facts: await readCategory(ctx, "91"),
    now: await readCategoryNow(ctx, "91", { region: "US", window: "7" }),
    regions: await readRegions(ctx, "91", { metric: "posts", window: "7" }),
    history: await readCategoryHistory(ctx, "91", historyInputSchema.parse({ region: "US", window: "7" })),
  };
}

describe("an import", () => {
  test("is shown before anything is kept, and enters no rank, percentile, movement or history", async () => {
    const before = await computed(owner);
    expect(before.movements.items.length).toBeGreaterThan(0);
    const shown = await importHistory(owner, order({ dryRun: true }));
    expect(shown).toMatchObject({ importId: null, rows: 2, missed: 0, first: [{ at: "2026-01-05" }, {}] });
    expect((await readImports(owner)).items).toEqual([]);
    await importHistory(owner, order());
    expect(await readImported(owner, "91", span)).toEqual([
      { at: "2026-01-05", figures: { rank: 1, posts: 999_999, cpa: 0.01 }, importName: "2025 sheet.csv" },
    ]);
    expect(await computed(owner)).toEqual(before);
  });

  test("stands behind a newer one of the same day, is taken out whole, and had back", async () => {
    const { importId } = await importHistory(owner, order({ name: "newer", text: SHEET.replace("999999", "5") }));
    const shown = async () => (await readImported(owner, "91", span)).map(({ figures }) => figures.posts);
    expect(await shown()).toEqual([5]);
    await removeImport(owner, importId ?? "");
    expect(await shown()).toEqual([999_999]);
    expect((await readImports(owner)).items.map(({ name }) => name)).toEqual(["2025 sheet.csv"]);
    await restoreImport(owner, importId ?? "");
    expect(await shown()).toEqual([5]);
    expect(await readImported(owner, "91", { ...span, window: "30" })).toEqual([]);
  });

  test("is refused for who may not write, for a sheet without a line, and too large a one, beside its field", async () => {
    const viewer = await makeMember(owner, "viewer");
    await expect(importHistory(viewer, order())).rejects.toMatchObject({ code: "forbidden" });
    const call = { cookie: await signedIn(owner.member.userId), query: { team: owner.team.slug }, method: "POST" };
    const refused = async (text: string) => {
      const { body } = await callApi(POST, { ...call, json: { ...order(), text } });
      return body.errors;
    };
    expect(await refused("Date,Category,CPA\n2026-01-05,nothing,5")).toMatchObject([{ path: "text" }]);
    expect(await refused("Category,CPA\n91,5")).toMatchObject([{ path: "columns" }]);
    expect(await refused(`Date\n${"2026-01-05\n".repeat(20_001)}`)).toMatchObject([{ path: "text" }]);
    expect(await refused("x".repeat(2_000_001))).toMatchObject([{ path: "text" }]);
  });
});
