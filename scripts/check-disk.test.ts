import { expect, test } from "vitest";
import { diskState, roomAt } from "./check-disk";

const GB = 1024 ** 3;
const state = (freeBytes: number, databaseBytes = 0, freeFiles: number | null = 1_000_000) =>
  diskState("/srv/data", { freeBytes, freeFiles }, databaseBytes);

test("the room of a real disk is read, also for a folder that is not there yet", () => {
  const room = roomAt("/tmp/nichebook-not-there/deeper");
  expect(room).toEqual(roomAt("/tmp"));
  expect(room.freeBytes).toBeGreaterThan(0);
});

test("a disk with room for a backup is fine", () => {
  expect(state(3 * GB)).toEqual({ state: "ok", detail: "3.0 GB free where /srv/data is" });
  expect(state(40 * GB, 39 * GB, null).state).toBe("ok");
});

test.each([
  [1 * GB, 0, 1_000_000, "warn", "less than the 2.0 GB"],
  [30 * GB, 40 * GB, 1_000_000, "warn", "less than the 40.0 GB"],
  [200 * 1024 ** 2, 0, 1_000_000, "failed", "only 200 MB free"],
  [40 * GB, 0, 12, "failed", "no room for more files"],
] as const)(
  "%i bytes free beside a database of %i, places for %i files: %s",
  (free, database, files, expected, words) => {
    const told = state(free, database, files);
    expect(told.state).toBe(expected);
    expect(told.detail).toContain(words);
    expect(told.detail).toContain("move DATA_DIR");
  },
);
