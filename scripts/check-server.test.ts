import { expect, test } from "vitest";
import { type ServerFacts, serverProblems } from "./check-server";

const fit: ServerFacts = {
  settings: {
    fsync: "on",
    full_page_writes: "on",
    synchronous_commit: "on",
    session_replication_role: "origin",
    default_transaction_read_only: "off",
    zero_damaged_pages: "off",
    ignore_checksum_failure: "off",
    autovacuum: "on",
    server_encoding: "UTF8",
  },
  standby: false,
  encrypted: false,
  local: true,
  role: "nichebook_app",
  attributes: [],
  memberOf: [],
};

test("a server that keeps what it committed, and a role that can do nothing else, are fine", () => {
  expect(serverProblems(fit)).toEqual([]);
  expect(serverProblems({ ...fit, local: false, encrypted: true })).toEqual([]);
  for (const kept of ["local", "remote_write", "remote_apply"]) {
    expect(serverProblems({ ...fit, settings: { ...fit.settings, synchronous_commit: kept } })).toEqual([]);
  }
});

test.each([
  ["fsync", "off", "failed", "set fsync = on"],
  ["full_page_writes", "off", "failed", "set full_page_writes = on"],
  ["synchronous_commit", "off", "failed", "set synchronous_commit = on"],
  ["session_replication_role", "replica", "failed", "set session_replication_role = origin"],
  ["zero_damaged_pages", "on", "failed", "set zero_damaged_pages = off"],
  ["ignore_checksum_failure", "on", "failed", "set ignore_checksum_failure = off"],
  ["server_encoding", "SQL_ASCII", "failed", "make one with ENCODING 'UTF8'"],
])("%s = %s is %s, with the mend", (name, value, state, mend) => {
  const problems = serverProblems({ ...fit, settings: { ...fit.settings, [name]: value } });
  expect(problems).toEqual([{ check: "database setting", state, detail: expect.stringContaining(mend) }]);
});

test("a standby takes no writes, and a way over the network is encrypted", () => {
  expect(serverProblems({ ...fit, standby: true })).toMatchObject([{ state: "failed" }]);
  expect(serverProblems({ ...fit, local: false })).toMatchObject([
    { state: "warn", detail: expect.stringContaining("sslmode=verify-full") },
  ]);
});
