import { beforeAll, describe, expect, test } from "vitest";
import { GET, POST } from "@/app/api/v1/categories/[id]/own-numbers/route";
import type { TeamContext } from "@/lib/auth/context";
import { ROLES } from "@/lib/auth/permissions";
import { buyPage } from "@/lib/insights/buy-page";
import { callApi, signedIn } from "@/lib/testing/api-call";
import { makeMember, makeTeam } from "@/lib/testing/factories";
import { ask, explore, purchases } from "@/lib/testing/purchases";
import { json, wirePage, wireRow } from "@/lib/testing/scripted-upstream";
import { createOwnNumber } from "./create-own-number";
import { deleteOwnNumber } from "./delete-own-number";
import { createOwnNumberSchema } from "./own-number-schemas";
import { readOwnNumbers } from "./read-own-numbers";
import { updateOwnNumber } from "./update-own-number";

const given = purchases();
let owner: TeamContext;
beforeAll(async () => {
  owner = await makeTeam();
  given.upstream.answer((_request, response) => json(response, 200, wirePage([wireRow(1, {})])));
  await buyPage(owner, ask(), explore);
});

const input = (over: object = {}) =>
  createOwnNumberSchema.parse({ region: "US", month: "2026-01", ctrPct: 1.83, ...over });
const mistake = (path: string, message: string) => ({
  code: "invalid_request",
  details: { errors: [{ path, message }] },
});

describe("own numbers", () => {
  test("of a region and month are entered once, also by two at once", async () => {
    const both = await Promise.allSettled([1, 2].map((ctrPct) => createOwnNumber(owner, "91", input({ ctrPct }))));
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    await expect(createOwnNumber(owner, "91", input())).rejects.toMatchObject(mistake("month", "own_month_taken"));
    await createOwnNumber(owner, "91", input({ region: "GB" }));
    const { items } = await readOwnNumbers(owner, "91");
    expect(items.map(({ region, month }) => `${region} ${month}`)).toEqual(["GB 2026-01", "US 2026-01"]);
  });

  test("need a known category, a month that has begun, a figure, and a currency for amounts", async () => {
    await expect(createOwnNumber(owner, "404404", input())).rejects.toMatchObject({ code: "not_found" });
    const refused: [object, string, string][] = [
      [{ month: "2099-01" }, "month", "own_month_future"],
      [{ ctrPct: null }, "ctrPct", "own_figure_missing"],
      [{ cost: 12 }, "currency", "own_currency_missing"],
    ];
    for (const [over, path, message] of refused) {
      const attempt = createOwnNumber(owner, "91", input({ month: "2026-02", ...over }));
      await expect(attempt).rejects.toMatchObject(mistake(path, message));
    }
    const call = {
      cookie: await signedIn(owner.member.userId),
      query: { team: owner.team.slug },
      params: { id: "91" },
    };
    const json = { region: "US", month: "2026-13", ctrPct: "101" };
    expect(await callApi(POST, { ...call, method: "POST", json })).toMatchObject({
      status: 400,
      body: {
        errors: [
          { path: "month", message: "Write the month as 2026-10." },
          { path: "ctrPct", message: "A rate is at most 100%." },
        ],
      },
    });
    const made = await callApi(POST, { ...call, method: "POST", json: { ...json, month: "2026-02", ctrPct: "1.5%" } });
    expect(made).toMatchObject({ status: 201, body: { ctrPct: 1.5, cvrPct: null, cost: null, currency: null } });
    expect(await callApi(GET, call)).toMatchObject({ status: 200 });
  });

  test.each(ROLES)("are entered, changed and deleted by those who may write, and noted: tried as %s", async (role) => {
    const member = await makeMember(owner, role);
    const month = `2025-0${ROLES.indexOf(role) + 1}`;
    if (role === "viewer") {
      await expect(createOwnNumber(member, "91", input({ month }))).rejects.toMatchObject({ code: "forbidden" });
      return;
    }
    const { id: numberId } = await createOwnNumber(member, "91", input({ month, cpa: 5, currency: "USD" }));
    const place = { categoryId: "91", numberId };
    expect(await updateOwnNumber(member, place, { ctrPct: 2, version: 1 })).toMatchObject({ ctrPct: 2, version: 2 });
    const stale = updateOwnNumber(owner, place, { ctrPct: 3, version: 1 });
    await expect(stale).rejects.toMatchObject({ code: "conflict", details: { reason: "edited_meanwhile" } });
    const bare = updateOwnNumber(owner, place, { currency: null });
    await expect(bare).rejects.toMatchObject(mistake("currency", "own_currency_missing"));
    const elsewhere = deleteOwnNumber(owner, { categoryId: "92", numberId });
    await expect(elsewhere).rejects.toMatchObject({ code: "not_found" });
    await deleteOwnNumber(member, place);
    const { rows } = await given.database.superuserPool.query(
      "select action from audit_entry where team_id = $1 and details->>'numberId' = $2 order by at, id",
      [owner.team.id, numberId],
    );
    const acts = ["entered", "changed", "deleted"].map((act) => ({ action: `category.number_${act}` }));
    expect(rows).toEqual(acts);
  });
});
