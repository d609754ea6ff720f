import { expect, test } from "vitest";
import { doForEach } from "./do-for-each";

/** What was done before the end, and how it ended. */
async function tried(failing: number[]) {
  const done: number[] = [];
  const error = await doForEach([1, 2, 3], async (one) => {
    if (failing.includes(one)) throw new Error(`no ${one}`);
    done.push(one);
  }).catch((thrown) => thrown);
  return { done, error };
}

test("what fails for one is done for the others all the same, and told at the end", async () => {
  expect(await tried([])).toEqual({ done: [1, 2, 3], error: undefined });
  expect(await tried([2])).toMatchObject({ done: [1, 3], error: { message: "no 2" } });
  const { done, error } = await tried([1, 3]);
  expect(done).toEqual([2]);
  expect(error.errors).toMatchObject([{ message: "no 1" }, { message: "no 3" }]);
});
