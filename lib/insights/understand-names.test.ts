import { expect, test } from "vitest";
import { understandNames } from "./understand-names";

test("a pasted table is read by its columns; aliases stand in one cell or in several", () => {
  expect(understandNames("101\t香水\tscent, EDP\r\n102\t\tserum\tessence；精华").names).toEqual([
    { line: 1, id: "101", name: "香水", aliases: ["scent", "EDP"] },
    { line: 2, id: "102", name: null, aliases: ["serum", "essence", "精华"] },
  ]);
});

test("a line that names nothing is reported with its line and why", () => {
  const { names, notUnderstood } = understandNames(`Perfume\t香水\n101\n\n102\t${"x".repeat(81)}`);
  expect(names).toEqual([]);
  expect(notUnderstood.map(({ line, reason }) => [line, reason])).toEqual([
    [1, "id"],
    [2, "empty"],
    [4, "too_long"],
  ]);
});
