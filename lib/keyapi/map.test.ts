import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mapPage, mapRow } from "./map";
import { readPage, type WireRow } from "./wire";

const none = { total: null, has_more: null };

function wireRow(fields: Record<string, unknown>): WireRow {
  const row = readPage({ list: [fields] })?.rows[0];
  if (!row) throw new Error("The row of this test cannot be read");
  return row;
}

describe("mapRow", () => {
  test("a row without facts is a place with nothing at it", () => {
    const { place, ...facts } = mapRow(null, 7);
    expect(place).toBe(7);
    expect(Object.values(facts).every((fact) => fact === null)).toBe(true);
  });

  test("a missing parent is learned from the child's own word for it", () => {
    const row = wireRow({
      third_ecom_category: { id: "3", parent_id: "2", value: "Eye Masks" },
      second_ecom_category: null,
    });
    expect(mapRow(row, 1)).toMatchObject({ categoryId: "3", parentId: "2", topId: null, parentName: null });
    const withSecond = wireRow({
      third_ecom_category: { id: "3" },
      second_ecom_category: { id: "2", parent_id: "1" },
    });
    expect(mapRow(withSecond, 1)).toMatchObject({ categoryId: "3", parentId: "2", topId: "1" });
  });

  test("per cent stays per cent and zero stays zero", () => {
    expect(mapRow(wireRow({ ctr: 1.83, cvr: 0, post_change: -10.16, cpa: "0" }), 1)).toMatchObject({
      ctrPct: 1.83,
      cvrPct: 0,
      postsChangePct: -10.16,
      cpa: 0,
      cost: null,
    });
  });
});

describe("mapPage", () => {
  test("order is kept and places count from 1 without holes, up to the size of a page", () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.nat()), { maxLength: 60 }), (posts) => {
        const rows = posts.map((post) => (post === null ? null : wireRow({ post })));
        const page = mapPage(rows, none, 20);
        expect(page.rows.map((row) => row.place)).toEqual(posts.slice(0, 20).map((_, index) => index + 1));
        expect(page.rows.map((row) => row.posts)).toEqual(posts.slice(0, 20));
      }),
    );
  });

  test("the provider's paging is passed on as it is, but an empty page promises no next one", () => {
    const row = wireRow({ post: 1 });
    expect(mapPage([row], { total: 500, has_more: false }, 20)).toMatchObject({ total: 500, hasMore: false });
    expect(mapPage([row], { total: 1, has_more: true }, 20)).toMatchObject({ total: 1, hasMore: true });
    expect(mapPage([], { total: 500, has_more: true }, 20)).toMatchObject({ total: 500, hasMore: false });
    expect(mapPage([], none, 20)).toEqual({ total: null, hasMore: null, rows: [] });
  });
});
