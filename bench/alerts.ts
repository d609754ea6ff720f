import type pg from "pg";
import { createRule } from "@/lib/alerts/create-rule";
import { evaluateAnswers } from "@/lib/alerts/evaluate-answers";
import { alertRuleInputSchema } from "@/lib/alerts/schemas";
import { buyPage } from "@/lib/insights/buy-page";
import { questionSchema } from "@/lib/insights/schemas";
import { ledgerPool } from "@/lib/platform/db";
import { runtime, setRuntime } from "@/lib/platform/runtime";
import { makeTeam } from "@/lib/testing/factories";
import { fullPage, scriptedUpstream } from "@/lib/testing/scripted-upstream";
import type { BenchContext, Ratio } from "./runner/bench";
import { inTurn } from "./runner/measure";

export const name = "alerts";

const RULES = 1000;
const ROUNDS = 15;

/** Measures the statements of the ledger's connections that name something. */
function timeOf(word: string): { lastMs(): number } {
  let last = Number.NaN;
  const measured = new WeakSet<pg.PoolClient>();
  ledgerPool().on("acquire", (client) => {
    if (measured.has(client)) return;
    measured.add(client);
    const query = client.query.bind(client) as (text: unknown, ...rest: unknown[]) => Promise<unknown>;
    client.query = (async (text: unknown, ...rest: unknown[]) => {
      const began = performance.now();
      const result = await query(text, ...rest);
      if (JSON.stringify(text).includes(word)) last = performance.now() - began;
      return result;
    }) as typeof client.query;
  });
  return { lastMs: () => last };
}

/**
 * 1,000 rules over a 20-row answer, against the statement that stores that answer. Half of the rules are about one of its
 * categories and one of three figures, half about anything in a search that asks its question, so that each row is
 * looked at by some 525 rules; all but a few have nothing to tell.
 */
export async function run({ superuserPool, say }: BenchContext): Promise<{ ratios: Ratio[] }> {
  const ctx = await makeTeam();
  const upstream = await scriptedUpstream();
  upstream.answer(fullPage);
  setRuntime({ ...runtime(), sandboxUrl: upstream.url });
  try {
    const question = questionSchema.parse({ region: "US", window: "7" });
    const buy = () => buyPage(ctx, { ...question, maxAgeMinutes: 0 }, { idempotencyKey: null, purpose: "explore" });
    const { snapshot } = await buy();
    const first = alertRuleInputSchema.parse({
      condition: "rises_by",
      metric: "posts",
      value: 25,
      categoryId: snapshot.rows[0]?.categoryId,
      region: "US",
      window: "7",
    });
    await createRule(ctx, first);
    const searchId = "0199b0a0-0000-7000-8000-00000000a1e7";
    await superuserPool.query(
      `insert into saved_search (team_id, id, upstream, name, region, "window", pages, member_id, created_at, updated_at)
       values ($1, $2, 'sandbox', 'All', 'US', '7', 1, $3, now(), now())`,
      [ctx.team.id, searchId, ctx.member.id],
    );
    await superuserPool.query(
      `insert into alert_rule (team_id, id, upstream, condition, metric, value, against, category_id, region, "window",
         search_id, cooldown_hours, member_id, created_at, updated_at)
       select $1, gen_random_uuid(), 'sandbox', 'changes_by', ($4::text[])[n % 3 + 1], 25, 'previous',
         case when n % 2 = 0 then ($5::text[])[n / 2 % 20 + 1] end, case when n % 2 = 0 then 'US' end,
         case when n % 2 = 0 then '7' end, case when n % 2 = 1 then $2::uuid end, 24, $3, now(), now()
       from generate_series(2, $6::int) n`,
      [
        ctx.team.id,
        searchId,
        ctx.member.id,
        ["posts", "ctrPct", "likes"],
        snapshot.rows.map(({ categoryId }) => categoryId),
        RULES,
      ],
    );
    await evaluateAnswers();
    const timed = async (work: () => Promise<unknown>) => {
      const began = performance.now();
      await work();
      return performance.now() - began;
    };
    // Each turn buys an answer, of which only the statement that stores it counts, and then tries the rules on it.
    const stored = timeOf("credits_settle");
    const both = await inTurn(
      ROUNDS,
      () => timed(evaluateAnswers),
      async () => {
        await buy();
        return stored.lastMs();
      },
    );
    say(`${RULES} rules: ${both.ours.toFixed(1)} ms, storing the answer: ${both.bare.toFixed(1)} ms`);
    return {
      ratios: [{ name: "1,000 rules over an answer / storing it", ratio: both.ratio, target: 10, better: "lower" }],
    };
  } finally {
    await upstream.close();
  }
}
