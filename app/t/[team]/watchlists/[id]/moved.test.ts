import fc from "fast-check";
import { expect, test } from "vitest";
import { moved } from "./moved";

test("an id lands beside its target, and the others keep their order", () => {
  expect(moved(["a", "b", "c"], "a", "c", "after")).toEqual(["b", "c", "a"]);
  expect(moved(["a", "b", "c"], "c", "a", "before")).toEqual(["c", "a", "b"]);
  expect(moved(["a", "b", "c"], "a", "a", "after")).toEqual(["a", "b", "c"]);
  expect(moved(["a", "b", "c"], "a", "gone", "after")).toEqual(["a", "b", "c"]);
  const ids = fc.uniqueArray(fc.string(), { minLength: 2 });
  fc.assert(
    fc.property(
      ids,
      fc.nat(),
      fc.nat(),
      fc.constantFrom("before" as const, "after" as const),
      (all, one, two, side) => {
        const [id, target] = [all[one % all.length] ?? "", all[two % all.length] ?? ""];
        const result = moved(all, id, target, side);
        expect(result.toSorted()).toEqual(all.toSorted());
        expect(result.filter((other) => other !== id)).toEqual(all.filter((other) => other !== id));
        if (id !== target) expect(result.indexOf(id) - result.indexOf(target)).toBe(side === "before" ? -1 : 1);
      },
    ),
  );
});
