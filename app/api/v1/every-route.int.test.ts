import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { TeamContext } from "@/lib/auth/context";
import { createToken } from "@/lib/auth/create-token";
import { BY_TOKEN, type Permission } from "@/lib/auth/permissions";
import { callApi, signedIn } from "@/lib/testing/api-call";
import { testDatabase } from "@/lib/testing/database";
import { makeTeam } from "@/lib/testing/factories";
import { ROUTES } from "./openapi.json/routes";

let database: Awaited<ReturnType<typeof testDatabase>>;
let own: TeamContext;
let foreign: TeamContext;
let cookie: string;
let token: string;
beforeAll(async () => {
  database = await testDatabase();
  [own, foreign] = [await makeTeam(), await makeTeam()];
  cookie = await signedIn(own.member.userId);
  ({ token } = await createToken({
    teamId: own.team.id,
    memberId: own.member.id,
    name: "script",
    scope: "read+spend",
  }));
});
afterAll(() => database?.drop());

const operations = ROUTES.flatMap(({ path, handlers }) =>
  Object.entries(handlers).map(([method, route]) => ({ name: `${method} ${path}`, method, route })),
);
const ofTeams = operations.filter(({ route }) => route.spec.access === "team");
const signedInOnly = operations.filter(({ route }) => route.spec.access !== "public");
const changes = operations.filter(({ method }) => method !== "GET");
const json = (method: string) => (method === "GET" ? {} : { json: { region: "US", window: "7" } });
const params = { id: "0199b0a0-0000-7000-8000-000000000000" };

describe("every route of a team", () => {
  test.each(ofTeams)("$name answers 404 for a team of others, by cookie and by token", async ({ method, route }) => {
    const query = { team: foreign.team.slug };
    for (const caller of [{ cookie }, { token }]) {
      const answer = await callApi(route, { method, ...caller, query, params, ...json(method) });
      expect(answer).toMatchObject({ status: 404, body: { code: "not_found" } });
      expect(JSON.stringify(answer.body)).not.toContain(foreign.team.name);
    }
  });

  test.each(ofTeams)("$name answers 404 for names that no team can have", async ({ method, route }) => {
    for (const team of ["no-such-team", "a\u0000b", "' or 1=1", "x".repeat(300)]) {
      const answer = await callApi(route, { method, cookie, query: { team }, params, ...json(method) });
      expect([team, answer.status]).toEqual([team, 404]);
    }
  });

  test.each(ofTeams.filter(({ route }) => !route.spec.teamOptional))(
    "$name asks a signed-in browser which team is meant",
    async ({ method, route }) => {
      const answer = await callApi(route, { method, cookie, params, ...json(method) });
      expect(answer).toMatchObject({ status: 400, body: { code: "invalid_request", errors: [{ path: "team" }] } });
    },
  );
});

describe("every route", () => {
  test.each(signedInOnly)("$name answers 401 to nobody", async ({ method, route }) => {
    const answer = await callApi(route, { method, query: { team: own.team.slug }, params, ...json(method) });
    expect(answer).toMatchObject({ status: 401, body: { code: "unauthenticated" } });
    expect(answer.headers.get("content-type")).toMatch(/^application\/problem\+json/);
    expect(answer.headers.get("cache-control")).toBe("no-store");
  });

  test.each(changes)("$name refuses a change that another site makes a browser send", async ({ method, route }) => {
    const foreignSites: Record<string, string>[] = [
      { origin: "https://evil.example" },
      { "sec-fetch-site": "cross-site" },
    ];
    for (const headers of foreignSites) {
      const query = { team: own.team.slug };
      const answer = await callApi(route, { method, cookie, headers, query, params, ...json(method) });
      expect(answer).toMatchObject({ status: 403, body: { code: "cross_origin" } });
    }
  });

  // A rule may be tried out by whoever reads: its body is too long for an address.
  const changesSomething = ({ method, route }: (typeof ofTeams)[number]) =>
    method !== "GET" && !route.spec.permission?.endsWith(":read");

  test("that needs a permission to change or spend is closed to tokens that may only read", async () => {
    const reader = await createToken({ teamId: own.team.id, memberId: own.member.id, name: "reader", scope: "read" });
    for (const { name, method, route } of ofTeams.filter(changesSomething)) {
      const answer = await callApi(route, { method, token: reader.token, params, ...json(method) });
      const reason = BY_TOKEN.has(route.spec.permission as Permission) ? "token_scope" : "session_needed";
      expect([name, answer.status, answer.body.reason]).toEqual([name, 403, reason]);
    }
  });
});
