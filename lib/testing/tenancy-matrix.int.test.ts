import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { ROUTES } from "@/app/api/v1/openapi.json/routes";
import type { TeamContext } from "@/lib/auth/context";
import { createToken } from "@/lib/auth/create-token";
import { allows, PERMISSIONS, type Permission, type Role, WRITES } from "@/lib/auth/permissions";
import { METHODS } from "@/lib/http/openapi";
import { type ApiCallOptions, callApi, signedIn } from "./api-call";
import { makeMember, makeTeam } from "./factories";
import { purchases } from "./purchases";
import { TOKENS_MAY_CHANGE, WHO_MAY_CALL } from "./who-may-call";

const given = purchases();
let team: TeamContext;
let elsewhere: TeamContext;

type Access = keyof typeof WHO_MAY_CALL;
type Verdict = "in" | "unauthenticated" | "forbidden" | "not_found";
type Credentials = Pick<ApiCallOptions, "cookie" | "token">;

const operations = ROUTES.flatMap(({ path, handlers }) =>
  METHODS.flatMap((method) => {
    const route = handlers[method];
    return route ? [{ name: `${method} ${path}`, method, route }] : [];
  }),
);
const accessOf = new Map(
  Object.entries(WHO_MAY_CALL).flatMap(([access, names]) => names.map((name) => [name, access as Access])),
);

const isOf = (access: Access): access is Permission => access in PERMISSIONS;
/** What holds for a team's routes; an account's own answer whoever is signed in, and open ones everybody. */
const ofTeam =
  (verdict: Verdict | ((permission: Permission) => boolean), ofAccount: Verdict = "in") =>
  (access: Access): Verdict => {
    if (access === "public") return "in";
    if (!isOf(access)) return ofAccount;
    if (typeof verdict === "string") return verdict;
    return verdict(access) ? "in" : "forbidden";
  };

const member = (role: Role) => makeMember(team, role);
const session = async (ctx: TeamContext) => ({ cookie: await signedIn(ctx.member.userId) });
async function token(ctx: TeamContext, scope: "read" | "read+spend", expiresAt: Date | null = null) {
  const { id, token } = await createToken({
    teamId: ctx.team.id,
    memberId: ctx.member.id,
    name: "x",
    scope,
    expiresAt,
  });
  return { id, token };
}
const sql = (text: string, id: string) => given.database.superuserPool.query(text, [id]);
const remove = (ctx: TeamContext) => sql("update membership set removed_at = now() where id = $1", ctx.member.id);
const hasRole = (role: Role) => (permission: Permission) => allows(role, permission);

/** Everybody who might call, and what they must meet. */
const ASKERS: Record<string, { make: () => Promise<Credentials>; meets: (access: Access) => Verdict }> = {
  "an owner": { make: async () => session(await member("owner")), meets: ofTeam(hasRole("owner")) },
  "an admin": { make: async () => session(await member("admin")), meets: ofTeam(hasRole("admin")) },
  "an analyst": { make: async () => session(await member("analyst")), meets: ofTeam(hasRole("analyst")) },
  "a viewer": { make: async () => session(await member("viewer")), meets: ofTeam(hasRole("viewer")) },
  "an owner's token that may spend": {
    make: async () => token(await member("owner"), "read+spend"),
    meets: ofTeam((permission) => !WRITES.has(permission) || TOKENS_MAY_CHANGE.includes(permission), "forbidden"),
  },
  "an owner's token that may only read": {
    make: async () => token(await member("owner"), "read"),
    meets: ofTeam((permission) => !WRITES.has(permission), "forbidden"),
  },
  "the owner of another team": { make: () => session(elsewhere), meets: ofTeam("not_found") },
  "a token of another team": {
    make: () => token(elsewhere, "read+spend"),
    meets: ofTeam("not_found", "forbidden"),
  },
  "a removed member": {
    make: async () => {
      const gone = await member("owner");
      const credentials = await session(gone);
      await remove(gone);
      return credentials;
    },
    meets: ofTeam("not_found"),
  },
  "the token of a removed member": {
    make: async () => {
      const gone = await member("owner");
      const credentials = await token(gone, "read+spend");
      await remove(gone);
      return credentials;
    },
    meets: ofTeam("unauthenticated", "unauthenticated"),
  },
  "an expired token": {
    make: async () => token(await member("owner"), "read+spend", new Date(Date.now() - 1000)),
    meets: ofTeam("unauthenticated", "unauthenticated"),
  },
  "a revoked token": {
    make: async () => {
      const made = await token(await member("owner"), "read+spend");
      await sql("update api_token set revoked_at = now() where id = $1", made.id);
      return made;
    },
    meets: ofTeam("unauthenticated", "unauthenticated"),
  },
  "an ended session": {
    make: async () => {
      const ended = await member("owner");
      const credentials = await session(ended);
      await sql("update session set ended_at = now() where user_id = $1", ended.member.userId);
      return credentials;
    },
    meets: ofTeam("unauthenticated", "unauthenticated"),
  },
  "somebody signed out": { make: async () => ({}), meets: ofTeam("unauthenticated", "unauthenticated") },
};

/** Changes that may end the session, account or membership that asks. */
const ENDS_THE_ASKER: ReadonlySet<Access> = new Set(["account", "membership:leave"]);

/** What no such thing is called; a body that no route takes, so that nobody who is let in does anything by it. */
const PARAMS = { id: randomUUID(), noteId: randomUUID(), numberId: randomUUID(), itemId: randomUUID() };
const params = { ...PARAMS, deliveryId: randomUUID(), week: "2026-01-05" };
const json = { "no such field": true };

beforeAll(async () => {
  [team, elsewhere] = [await makeTeam(), await makeTeam()];
});

describe("every route, without proxy.ts, for", () => {
  test.each(Object.entries(ASKERS))("%s", async (_name, { make, meets }) => {
    const standing = await make();
    const wrong: string[] = [];
    for (const { name, method, route } of operations) {
      const access = accessOf.get(name) ?? "public";
      const verdict = meets(access);
      const isChange = method !== "GET";
      const isOver = verdict === "in" && isChange && ENDS_THE_ASKER.has(access);
      const credentials = isOver ? await make() : standing;
      const body = isChange ? { json: route.spec.body ? json : {} } : {};
      const answer = await callApi(route, { method, query: { team: team.team.slug }, params, ...credentials, ...body });
      const { code = "" } = answer.body as { code?: Verdict };
      const isRefused = code === "unauthenticated" || code === "forbidden";
      const met = verdict === "in" ? !isRefused && answer.status < 500 : code === verdict;
      if (!met) wrong.push(`${name}: ${answer.status} ${code} instead of ${verdict}`);
    }
    expect(wrong).toEqual([]);
  });
});
