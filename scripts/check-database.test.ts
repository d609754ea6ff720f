import { expect, test } from "vitest";
import { connectionProblem, databaseProblems } from "./check-database";

const fit = {
  version: "18.4",
  versionNumber: 180_004,
  role: "nichebook_app",
  superuser: false,
  bypassesRls: false,
  owns: false,
  fsync: true,
};

test("the application runs as an ordinary role on a database that keeps what it committed", () => {
  expect(databaseProblems(fit)).toEqual([]);
});

test.each([
  ["a superuser", { superuser: true, owns: true }, /is a superuser/],
  ["a role with BYPASSRLS", { bypassesRls: true }, /has BYPASSRLS/],
  ["the owner of the tables", { owns: true }, /owns the tables/],
  ["fsync off", { fsync: false }, /fsync off/],
  ["PostgreSQL 14", { version: "14.9", versionNumber: 140_009 }, /too old/],
])("it refuses %s, in one line", (_name, over, line) => {
  const problems = databaseProblems({ ...fit, ...over });
  expect(problems).toEqual([expect.stringMatching(line)]);
});

test("a failed log-in is told without the password", () => {
  const refused = Object.assign(new Error("password authentication failed"), { code: "28P01" });
  const { message } = connectionProblem("DATABASE_URL", "postgresql://me:sesame@db.example.com/x", refused);
  expect(message).toBe("DATABASE_URL does not work: the password is wrong.");
  const away = new AggregateError([Object.assign(new Error("no"), { code: "ECONNREFUSED" })]);
  expect(connectionProblem("DATABASE_URL", "postgresql://me:sesame@db.example.com:5433/x", away).message).toBe(
    "DATABASE_URL does not work: nothing listens at db.example.com:5433.",
  );
});
