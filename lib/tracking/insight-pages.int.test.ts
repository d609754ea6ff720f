import { beforeAll, describe, expect, test } from "vitest";
import type { TeamContext } from "@/lib/auth/context";
import { readSavings, readSavingsPage } from "@/lib/credits/read-savings";
import { readUnsettled } from "@/lib/credits/read-unsettled";
import { readBreaks, readBreaksPage } from "@/lib/insights/read-breaks";
import type { TablePage } from "@/lib/platform/format/table-page";
import { makeTeam } from "@/lib/testing/factories";
import { FULL_CATEGORY, fillInsights } from "@/lib/testing/large-insights";
import { purchases } from "@/lib/testing/purchases";
import { readNotes } from "./read-notes";
import { readNotesPage } from "./read-notes-page";
import { readOwnNumbers } from "./read-own-numbers";
import { readOwnNumbersPage } from "./read-own-numbers-page";

const given = purchases();
const MANY = 130;
let owner: TeamContext;
beforeAll(async () => {
  owner = await makeTeam();
  await fillInsights(given.database.superuserPool, owner.team.id, MANY);
});

const own = (page: number, over: object = {}) =>
  readOwnNumbersPage(owner, FULL_CATEGORY, {
    look: { q: "", page },
    regionsNamed: [],
    region: null,
    rows: 50,
    ...over,
  });
const notes = (q: string, page = 1) => readNotesPage(owner, FULL_CATEGORY, { look: { q, page }, rows: 50 });
const idsOf = (items: readonly { id: string }[]) => items.map(({ id }) => id);

/** Every page of a table, one after the other. */
async function allPages<Row>(read: (page: number) => Promise<TablePage<Row>>): Promise<Row[]> {
  const first = await read(1);
  const rows = [...first.items];
  for (let page = 2; page <= first.pages; page++) {
    const { items } = await read(page);
    expect(items.length).toBeLessThanOrEqual(50);
    rows.push(...items);
  }
  expect(rows).toHaveLength(first.total);
  return rows;
}

describe("the pages of a long table hold together what the whole does, in its order", () => {
  test("notes on a category, each with its figures", async () => {
    expect(await allPages((page) => notes("", page))).toEqual((await readNotes(owner, FULL_CATEGORY)).items);
  });

  test("own numbers, with all of one region beside them", async () => {
    const { items } = await readOwnNumbers(owner, FULL_CATEGORY);
    expect(items.length).toBeGreaterThan(100);
    expect(await allPages((page) => own(page))).toEqual(items);
    const { ofRegion } = await own(2, { region: "GB" });
    expect(ofRegion).toEqual(items.filter(({ region }) => region === "GB"));
  });

  test("changes of the provider", async () => {
    expect(await allPages((page) => readBreaksPage(owner, { q: "", page }))).toEqual((await readBreaks(owner)).items);
  });

  test("requests to confirm", async () => {
    const rows = await allPages((page) => readUnsettled(owner, null, page));
    expect(new Set(idsOf(rows)).size).toBe(MANY);
  });

  test("members in what was spent for nothing, with the same figures", async () => {
    const whole = await readSavings(owner);
    expect(whole.byMember).toHaveLength(MANY);
    const read = async (page: number) => (await readSavingsPage(owner, { members: { q: "", page } })).members;
    expect(await allPages(read)).toEqual(whole.byMember);
    const { savings } = await readSavingsPage(owner, { members: { q: "", page: 1 } });
    expect({ ...savings, byMember: [] }).toEqual({ ...whole, byMember: [] });
  });
});

describe("what is looked for", () => {
  test("is found by what stands in it, whatever signs it holds", async () => {
    expect((await notes("REASON 77")).items).toMatchObject([{ text: "Because of reason 77" }]);
    expect(await notes("%")).toMatchObject({ items: [], total: 0, page: 1, pages: 1 });
    expect((await readBreaksPage(owner, { q: "kind 77", page: 1 })).items).toMatchObject([{ categoryName: "Kind 77" }]);
    const { members } = await readSavingsPage(owner, { members: { q: "Person 77", page: 1 } });
    expect(members.items).toMatchObject([{ name: "Person 77", spent: 2 }]);
  });

  test("among own numbers is a month, or a region by the name that the reader knows", async () => {
    const [newest] = (await own(1)).items;
    const ofMonth = await own(1, { look: { q: newest?.month ?? "", page: 1 } });
    expect(new Set(ofMonth.items.map(({ month }) => month))).toEqual(new Set([newest?.month]));
    const ofRegion = await own(1, { look: { q: "Germany", page: 1 }, regionsNamed: ["DE"], region: "GB" });
    expect(new Set(ofRegion.items.map(({ region }) => region))).toEqual(new Set(["DE"]));
    expect(new Set(ofRegion.ofRegion.map(({ region }) => region))).toEqual(new Set(["GB"]));
    expect(await own(1, { look: { q: "nowhere", page: 1 } })).toMatchObject({ items: [], total: 0, pages: 1 });
  });
});

test("a page beyond the last is the last", async () => {
  const far = 999_999;
  expect(await notes("", far)).toMatchObject({ page: 3, pages: 3, total: MANY });
  expect((await notes("", far)).items).toHaveLength(30);
  expect((await own(far)).items.length).toBeGreaterThan(0);
  expect((await readBreaksPage(owner, { q: "", page: far })).items).toHaveLength(30);
  expect((await readUnsettled(owner, null, far)).items).toHaveLength(30);
});
