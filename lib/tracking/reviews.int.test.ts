import { beforeAll, describe, expect, test } from "vitest";
import type { TeamContext } from "@/lib/auth/context";
import { makeMember, makeTeam } from "@/lib/testing/factories";
import { pastPurchases } from "@/lib/testing/purchases";
import { wireRow } from "@/lib/testing/scripted-upstream";
import { createWatchlist } from "./create-watchlist";
import { markReviewed } from "./mark-reviewed";
import { movementsInputSchema } from "./movement-schemas";
import { readMovements } from "./read-movements";
import { createWatchlistSchema } from "./schemas";
import { unmarkReviewed } from "./unmark-reviewed";

const { given, bought } = pastPurchases();
const NOW = "2026-11-25T12:00:00Z";
const BETWEEN = "2026-11-23T15:00:00.000Z";
let ctx: TeamContext;

const readReviewed = (of = ctx, scope = "all") =>
  readMovements(of, movementsInputSchema.parse({ against: "reviewed", metric: "cpa", window: "7", scope }));
const cpa = (value: number) => [
  wireRow(1, { third_ecom_category: { id: "1", parent_id: "81", value: "One" }, cpa: value }),
];

beforeAll(async () => {
  ctx = await makeTeam({ timeZone: "Asia/Shanghai" });
  await given.database.superuserPool.query(
    "update app_clock set offset_seconds = extract(epoch from $1::timestamptz - now())::int",
    [NOW],
  );
  await bought(ctx, "2026-11-10T10:00:00Z", cpa(1));
  await bought(ctx, "2026-11-23T10:00:00Z", cpa(2));
  await bought(ctx, "2026-11-24T10:00:00Z", cpa(4));
});

describe("what was marked as reviewed", () => {
  test("is what later movements are counted from, of that scope and member alone; nothing else marks it", async () => {
    expect(await readReviewed()).toMatchObject({ against: "week", review: null, items: [{ change: 300 }] });
    const mark = await markReviewed(ctx, { scope: "all", seenAt: BETWEEN });
    expect(await readReviewed()).toMatchObject({
      against: "reviewed",
      asOf: "2026-11-23",
      since: BETWEEN,
      review: mark,
      items: [{ before: { value: 2 }, after: { value: 4 }, change: 100 }],
    });
    expect(await readReviewed()).toMatchObject({ review: mark });
    expect((await readReviewed(await makeMember(ctx, "viewer"))).review).toBeNull();
    const { id } = await createWatchlist(ctx, createWatchlistSchema.parse({ name: "Mine" }));
    expect((await readReviewed(ctx, `list.${id}`)).review).toBeNull();
    await unmarkReviewed(ctx, mark.id);
  });

  test("is the moment at which it was read, so that what came meanwhile is still to be seen; a viewer may mark", async () => {
    const viewer = await makeMember(ctx, "viewer");
    const { seenAt } = await readReviewed(viewer);
    const mark = await markReviewed(viewer, { scope: "all", seenAt });
    expect(mark.seenAt).toBe(seenAt);
    expect(await readReviewed(viewer)).toMatchObject({ renewed: 0, review: mark });
    const ahead = new Date(Date.parse(NOW) + 3_600_000).toISOString();
    await expect(markReviewed(viewer, { scope: "all", seenAt: ahead })).rejects.toMatchObject({
      code: "invalid_request",
      details: { errors: [{ path: "seenAt", message: "seen_later" }] },
    });
  });

  test("of two tabs is the later one's, in whichever order they press, and the same moment twice is one mark", async () => {
    const member = await makeMember(ctx, "analyst");
    const [early, late] = ["2026-11-22T08:00:00.000Z", "2026-11-24T08:00:00.000Z"];
    const marks = await Promise.all(
      [late, early, late].map((seenAt) => markReviewed(member, { scope: "all", seenAt })),
    );
    expect(marks[2]).toEqual(marks[0]);
    expect((await readReviewed(member)).review).toEqual(marks[0]);
    await unmarkReviewed(member, marks[0]?.id ?? "");
    expect((await readReviewed(member)).review).toEqual(marks[1]);
    await expect(unmarkReviewed(member, marks[0]?.id ?? "")).rejects.toMatchObject({ code: "not_found" });
    await expect(unmarkReviewed(ctx, marks[1]?.id ?? "")).rejects.toMatchObject({ code: "not_found" });
    await unmarkReviewed(member, marks[1]?.id ?? "");
    expect((await readReviewed(member)).review).toBeNull();
  });

  test("goes ten marks back, and another member's private list cannot be marked", async () => {
    const member = await makeMember(ctx, "analyst");
    for (let day = 1; day <= 12; day++) {
      await markReviewed(member, { scope: "all", seenAt: `2026-11-${String(day).padStart(2, "0")}T08:00:00.000Z` });
    }
    const { rows } = await given.database.superuserPool.query(
      "select min(seen_at) as oldest, count(*)::int as kept from movement_review where member_id = $1",
      [member.member.id],
    );
    expect(rows).toEqual([{ oldest: new Date("2026-11-03T08:00:00Z"), kept: 10 }]);
    const { id } = await createWatchlist(ctx, createWatchlistSchema.parse({ name: "Private", shared: false }));
    await expect(markReviewed(member, { scope: `list.${id}` })).rejects.toMatchObject({ code: "not_found" });
  });
});
