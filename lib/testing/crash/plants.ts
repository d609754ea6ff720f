import type { Edit } from "./bundle";
import type { Site } from "./site";
import type { Trial } from "./trials";

/** A change of a SQL function; what it looks for must stand there `atLeast` so many times. */
export type SqlEdit = { name: string; find: RegExp; put: string; atLeast: number };

/** A bug, planted on purpose, and the trial that must notice it. */
export type Plant = { name: string; trial: Trial; sql?: SqlEdit; code?: Edit[] };

const SEND = "lib/insights/send-request.ts";
const QUESTION = "{ region: ask.region, window: ask.window, category: ask.categoryId, q: ask.q, page: ask.page }";

export const PLANTS: readonly Plant[] = [
  {
    name: "no freshness check inside claim",
    trial: "undisturbed",
    sql: {
      name: "credits_claim",
      find: /v_flight\.newest_snapshot_id IS NOT NULL AND \(/g,
      put: "FALSE AND (",
      atLeast: 1,
    },
  },
  {
    name: "no row lock on flight and counters",
    trial: "rush",
    // A new flight is locked by whoever writes it. On a counter, the lock and the check are one conditional UPDATE:
    // without its condition the first look decides.
    sql: {
      name: "credits_claim",
      find: / FOR UPDATE(?=;)|CONTINUE WHEN NOT FOUND;|\s+AND \(c\.limit_credits IS NULL OR [^;]+?limit_credits\)/g,
      put: "",
      atLeast: 5,
    },
  },
  {
    name: "the call before begin_send",
    trial: "killed around the call",
    code: [
      {
        file: SEND,
        find: 'import type { TeamContext } from "@/lib/auth/context";',
        put: 'import { asTeam, type TeamContext } from "@/lib/auth/context";',
      },
      {
        file: SEND,
        find: "    const begun = await beginSend(",
        put: `    const key = await asTeam(team.id, (tx) => tx.teamKey.findFirstOrThrow({ where: { teamId: team.id, endedAt: null } }));
    const early = await callUpstream(insightsProducts, ${QUESTION}, {
      baseUrl: baseUrl(ask.upstream),
      sealed: { keyId: key.sealedKeyId, nonce: key.sealedNonce, ciphertext: key.sealedText },
      place: { teamId: team.id, rowId: key.id },
      timeoutMs: env().KEYAPI_TIMEOUT_MS,
      sandboxNow: new Date(),
    });
    const begun = await beginSend(`,
      },
      { file: SEND, find: "const result = await callUpstream(", put: "const result = early ?? await callUpstream(" },
    ],
  },
  {
    name: "settled before the call",
    trial: "killed around the call",
    code: [
      {
        file: SEND,
        find: "    const result = await callUpstream(",
        put: `    await settle(team.id, id, ask.nonce, randomUUID(), { outcome: "charged", basis: "assumed", problem: null,
      reason: null, httpStatus: 200, upstreamRequestId: null, raw: null, answerJson: null });
    const result = await callUpstream(`,
      },
    ],
  },
  {
    name: "a retry on time-out",
    trial: "no answer in time",
    code: [
      {
        file: SEND,
        find: 'if (result.repeatable === "refused" && ',
        put: 'if ((result.repeatable === "refused" || result.reason === "timeout") && ',
      },
    ],
  },
  {
    name: "the member's counter forgotten",
    trial: "rush",
    sql: {
      name: "credit_counters_of",
      find: /scopes := scopes \|\| 'member'::text; subjects := subjects \|\| p_member;/g,
      put: "",
      atLeast: 1,
    },
  },
  {
    name: "the share's counter forgotten",
    trial: "rush of schedules",
    sql: {
      name: "credit_counters_of",
      find: /scopes := scopes \|\| 'schedules'::text; subjects := subjects \|\| p_team;/g,
      put: "NULL;",
      atLeast: 1,
    },
  },
  {
    name: "the period taken at settling",
    trial: "month end",
    sql: {
      name: "credits_settle",
      find: /PERFORM credit_move\(v_request,/g,
      put: "v_request.period_start := date_trunc('month', app_now())::date; $&",
      atLeast: 1,
    },
  },
  {
    name: "a settled request settles again",
    trial: "cut at the ledger",
    sql: {
      name: "credits_settle",
      find: /v_request\.state <> 'sending' AND NOT v_late( AND NOT \w+)?/g,
      put: "FALSE",
      atLeast: 1,
    },
  },
  {
    name: "an orphan that was sent is released",
    trial: "killed around the call",
    sql: { name: "credit_end_dead", find: /IF r\.state = 'reserved' THEN/g, put: "IF TRUE THEN", atLeast: 1 },
  },
  {
    name: "a broken answer counts as free",
    trial: "cut in mid-body",
    code: [
      {
        file: "lib/keyapi/judge-exchange.ts",
        find: 'unsettled("upstream_invalid_answer", end === "complete" ? "cut" : end)',
        put: 'notCharged({ problem: "upstream_failed", reason: "http_status" })',
      },
    ],
  },
];

/** The function as the catalog has it, changed. @returns how to have it back as it was. */
export async function plantSql(site: Site, { name, find, put, atLeast }: SqlEdit): Promise<() => Promise<void>> {
  const [row, ...more] = await site.query<{ text: string }>(
    "select pg_get_functiondef(oid) as text from pg_proc where proname = $1 and pronamespace = 'public'::regnamespace",
    [name],
  );
  if (!row || more.length > 0) throw new Error(`There is no single function ${name}`);
  const found = row.text.match(find)?.length ?? 0;
  if (found < atLeast) throw new Error(`${name} holds ${found} times, not ${atLeast}: ${find.source}`);
  await site.query(row.text.replace(find, put));
  return async () => {
    await site.query(row.text);
  };
}
