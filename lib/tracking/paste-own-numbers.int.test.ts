import { beforeAll, describe, expect, test } from "vitest";
import { POST } from "@/app/api/v1/categories/[id]/own-numbers/paste/route";
import type { TeamContext } from "@/lib/auth/context";
import { buyPage } from "@/lib/insights/buy-page";
import { callApi, signedIn } from "@/lib/testing/api-call";
import { makeMember, makeTeam } from "@/lib/testing/factories";
import { ask, explore, purchases } from "@/lib/testing/purchases";
import { createOwnNumber } from "./create-own-number";
import { createOwnNumberSchema } from "./own-number-schemas";
import { pasteOwnNumbers } from "./paste-own-numbers";
import { pasteOwnNumbersSchema } from "./paste-own-schemas";
import { readOwnNumbers } from "./read-own-numbers";
import { updateOwnNumber } from "./update-own-number";

purchases();
let owner: TeamContext;
let id: string;
beforeAll(async () => {
  owner = await makeTeam();
  const { snapshot } = await buyPage(owner, ask(), explore);
  id = snapshot.rows[0]?.categoryId ?? "";
  const there = createOwnNumberSchema.parse({ region: "US", month: "2026-01", ctrPct: 1, cpa: 5, currency: "USD" });
  await createOwnNumber(owner, id, there);
});

const TABLE = "Month\tCTR\tSpend\tCurrency\n2026-01\t1.5%\t\t\n2026-02\t2%\t1,200\tUSD\n2026-03\t3%\t5\t";
const input = (over: object = {}) => pasteOwnNumbersSchema.parse({ text: TABLE, region: "US", ...over });
const stored = async () =>
  (await readOwnNumbers(owner, id)).items.map(({ month, ctrPct, cpa, version }) => ({ month, ctrPct, cpa, version }));

describe("a pasted table", () => {
  test("is shown before anything is kept: what is new, what becomes another value, what is left out", async () => {
    const before = await stored();
    const report = await pasteOwnNumbers(owner, id, input({ dryRun: true }));
    expect(report).toMatchObject({
      saved: false,
      entered: [{ line: 3, month: "2026-02", ctrPct: 2, cost: 1200, currency: "USD" }],
      changed: [{ line: 2, version: 1, ctrPct: 1.5, cpa: 5, before: { ctrPct: 1 } }],
      notUnderstood: [{ line: 4, reason: "currencyMissing" }],
    });
    expect(await stored()).toEqual(before);
  });

  test("changes no month that was not shown, or was changed since, and then keeps nothing of it", async () => {
    const { changed } = await pasteOwnNumbers(owner, id, input({ dryRun: true }));
    const before = await stored();
    const conflict = { code: "conflict", details: { reason: "edited_meanwhile" } };
    await expect(pasteOwnNumbers(owner, id, input())).rejects.toMatchObject(conflict);
    const [one] = changed;
    await updateOwnNumber(owner, { categoryId: id, numberId: one?.id ?? "" }, { ctrPct: 1.1 });
    const stale = pasteOwnNumbers(owner, id, input({ shown: changed.map(({ id, version }) => ({ id, version })) }));
    await expect(stale).rejects.toMatchObject(conflict);
    expect(await stored()).toEqual(before.map((row) => ({ ...row, ctrPct: 1.1, version: 2 })));
  });

  test("is kept as it was shown, and each month noted with what it was", async () => {
    const { changed } = await pasteOwnNumbers(owner, id, input({ dryRun: true }));
    const report = await pasteOwnNumbers(
      owner,
      id,
      input({ shown: changed.map(({ id, version }) => ({ id, version })) }),
    );
    expect(report).toMatchObject({ saved: true, notUnderstood: [{ line: 4 }] });
    expect(await stored()).toEqual([
      { month: "2026-02", ctrPct: 2, cpa: null, version: 1 },
      { month: "2026-01", ctrPct: 1.5, cpa: 5, version: 3 },
    ]);
    expect(await pasteOwnNumbers(owner, id, input({ dryRun: true }))).toMatchObject({
      entered: [],
      changed: [],
      same: 2,
    });
  });

  test("is refused for who may not write, for an unknown category, and where it has no month, beside its field", async () => {
    const viewer = await makeMember(owner, "viewer");
    await expect(pasteOwnNumbers(viewer, id, input())).rejects.toMatchObject({ code: "forbidden" });
    await expect(pasteOwnNumbers(owner, "404404", input())).rejects.toMatchObject({ code: "not_found" });
    const answer = await callApi(POST, {
      cookie: await signedIn(owner.member.userId),
      query: { team: owner.team.slug },
      params: { id },
      method: "POST",
      json: { text: "CTR\n1", region: "US" },
    });
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ path: "text" }] } });
  });
});
