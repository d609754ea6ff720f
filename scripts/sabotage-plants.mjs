/**
 * A bug that is planted on purpose, and the tests that must notice it. In `file`, or in what the database holds as
 * `function` by then, `find` must stand once and becomes `put`; `sql` is a migration of its own.
 * @typedef {{ name: string, caughtBy: string, only?: string }
 *   & ({ file: string, find: string, put: string } | { function: string, find: string, put: string } | { sql: string })} Plant
 */

const CRYPTO = "lib/platform/crypto.ts";
const SEALS = "lib/platform/crypto.test.ts";
const TOKENS = "lib/auth/api-token.int.test.ts";
const SESSIONS = "lib/auth/sessions.int.test.ts";
const ROWS = "lib/platform/row-security.int.test.ts";
const LEDGER = "lib/credits/ledger.int.test.ts";

/**
 * Eleven more, of the purchase path as it dies, are planted by `lib/testing/crash/plants.ts` in every `npm test`.
 * @type {readonly Plant[]}
 */
export const PLANTS = [
  {
    name: "sealing: every text has the same nonce",
    file: CRYPTO,
    find: "const nonce = randomBytes(NONCE_BYTES);",
    put: "const nonce = Buffer.alloc(NONCE_BYTES);",
    caughtBy: SEALS,
  },
  {
    name: "sealing: a text is bound to its team and not to its row",
    file: CRYPTO,
    find: `/\${place.rowId}\``,
    put: "`",
    caughtBy: SEALS,
  },
  {
    name: "sealing: a text is bound to its row and not to its team",
    file: CRYPTO,
    find: '"teamId" in place ? place.teamId : place.table',
    put: '""',
    caughtBy: SEALS,
  },
  {
    name: "sealing: the upstream's words may hold the key",
    file: "lib/keyapi/client.ts",
    find: "const hidden = exchange.sent && key !== null ?",
    put: "const hidden = exchange.sent && key === null ?",
    caughtBy: "lib/keyapi/client.test.ts",
    only: "is nowhere in the result",
  },
  {
    name: "sessions: an ended one still counts",
    file: "lib/auth/sessions.ts",
    find: "s.ended_at is null and ",
    put: "",
    caughtBy: SESSIONS,
  },
  {
    name: "sessions: an expired one still counts",
    file: "lib/auth/sessions.ts",
    find: "s.expires_at > ",
    put: "s.created_at <= ",
    caughtBy: SESSIONS,
  },
  {
    name: "sessions: a code of the second factor is taken twice",
    file: "lib/auth/second-factor.ts",
    find: "where: { userId: row.userId, lastStep: { lt: step } },",
    put: "where: { userId: row.userId },",
    caughtBy: "lib/accounts/second-factor.int.test.ts",
    only: "takes a code once",
  },
  {
    name: "sessions: tries to sign in are not counted",
    file: "lib/auth/sign-in.ts",
    find: "await countTry(tries);",
    put: "",
    caughtBy: "lib/auth/sign-in.int.test.ts",
  },
  {
    name: "sessions: an unknown account is answered without work",
    file: "lib/auth/passwords.ts",
    find: "const isRight = await verify(",
    put: "if (storedHash === null) return false;\n  const isRight = await verify(",
    caughtBy: "lib/auth/passwords.test.ts",
    only: "costs the same work",
  },
  {
    name: "sessions: a neighbouring site may make a browser change something",
    file: "lib/http/origin.ts",
    find: 'site === "cross-site" || site === "same-site"',
    put: 'site === "cross-site"',
    caughtBy: "lib/http/origin.test.ts",
  },
  {
    name: "tokens: a revoked one is let in",
    file: "lib/auth/read-context.ts",
    find: "if (row.revoked_at || isExpired) {",
    put: "if (isExpired) {",
    caughtBy: TOKENS,
  },
  {
    name: "tokens: one that may only read writes",
    file: "lib/auth/context.ts",
    find: 'if (ctx.token.scope === "read")',
    put: "if (false)",
    caughtBy: TOKENS,
  },
  {
    name: "tenancy: a removed member is still one",
    function: "team_of_member",
    find: " AND m.removed_at IS NULL",
    put: "",
    caughtBy: "lib/testing/tenancy-matrix.int.test.ts",
    only: "a removed member",
  },
  {
    name: "tenancy: a page's team outlives its transaction",
    file: "lib/auth/context.ts",
    find: "teamId}, true)`;",
    put: "teamId}, false)`;",
    caughtBy: ROWS,
    only: "context",
  },
  {
    name: "tenancy: the owner's functions are not held by the policies of a table",
    sql: 'alter table "watchlist" no force row level security;',
    caughtBy: ROWS,
    only: "forced",
  },
  {
    name: "tenancy: a policy lets everybody read",
    sql: 'alter policy own_team on "saved_search" using (true) with check (true);',
    caughtBy: ROWS,
    only: "policy",
  },
  {
    name: "tenancy: a route asks for less than it did",
    file: "app/api/v1/credits/limits/route.ts",
    find: 'permission: "limits:set"',
    put: 'permission: "credits:read"',
    caughtBy: "lib/testing/tenancy-matrix.int.test.ts",
    only: "a viewer",
  },
  {
    name: "tenancy: the last owner may go",
    function: "team_keeps_owner",
    find: "IF NOT EXISTS (",
    put: "IF FALSE AND NOT EXISTS (",
    caughtBy: "lib/teams/members.int.test.ts",
    only: "remains for plain SQL too",
  },
  {
    name: "limits: a token's own is forgotten",
    function: "credit_counters_of",
    find: "IF p_token IS NOT NULL THEN",
    put: "IF FALSE THEN",
    caughtBy: "lib/teams/tokens.int.test.ts",
    only: "its own limit",
  },
  {
    name: "limits: claims at once are not counted again",
    function: "credits_claim",
    find: "AND (c.limit_credits IS NULL OR c.spent + c.held + c.unsettled + a.price_credits <= c.limit_credits)",
    put: "",
    caughtBy: LEDGER,
    only: "against a limit of 7 grant",
  },
  {
    name: "limits: the share for schedules is forgotten",
    function: "credit_counters_of",
    find: "scopes := scopes || 'schedules'::text; subjects := subjects || p_team;",
    put: "NULL;",
    caughtBy: "lib/credits/limits.int.test.ts",
    only: "stop schedules alone",
  },
  {
    name: "limits: what was granted counts in every period",
    function: "credit_effective_limit",
    find: "AND g.period_start = p_period ",
    put: "",
    caughtBy: "lib/credits/ask-for-more.int.test.ts",
    only: "for this period alone",
  },
  {
    name: "ledger: events may be altered",
    sql: "alter table credit_event disable trigger user;",
    caughtBy: LEDGER,
    only: "alters or removes",
  },
  {
    name: "ledger: the application's role may write requests",
    file: "prisma/grants.sql",
    find: 'GRANT UPDATE ON "team" TO :app_role;',
    put: 'GRANT UPDATE ON "team", "credit_request" TO :app_role;',
    caughtBy: ROWS,
    only: "where a verb writes",
  },
  {
    name: "ledger: an altered event is not noticed",
    function: "credits_verify",
    find: "e.hash IS DISTINCT FROM credit_event_hash(r, e)",
    put: "FALSE",
    caughtBy: "lib/credits/verify-ledger.int.test.ts",
    only: "altered field",
  },
  {
    name: "ledger: what is settled settles again",
    function: "credits_settle",
    find: "v_request.state <> 'sending' AND NOT v_late AND NOT v_kept",
    put: "FALSE",
    caughtBy: LEDGER,
    only: "change nothing the second time",
  },
  {
    name: "ledger: anybody settles anybody's request",
    function: "credits_settle",
    find: "v_request.nonce <> p_nonce OR ",
    put: "",
    caughtBy: LEDGER,
    only: "nobody else's nonce",
  },
  {
    name: "ledger: a settled request counts in the period of now",
    function: "credit_move",
    find: "k.period_start = r.period_start",
    put: "k.period_start = date_trunc('month', app_now())::date",
    caughtBy: LEDGER,
    only: "was reserved in the last one",
  },
  {
    name: "ledger: a request that was sent is released when its lease ends",
    function: "credit_end_dead",
    find: "IF r.state = 'reserved' THEN",
    put: "IF TRUE THEN",
    caughtBy: LEDGER,
    only: "of a sent request is unsettled",
  },
  {
    name: "ledger: a member who was removed still sends",
    function: "credits_begin_send",
    find: "AND m.removed_at IS NULL AND m.role <> 'viewer'",
    put: "",
    caughtBy: "lib/insights/buy-page.int.test.ts",
    only: "removed or made a viewer since",
  },
];
