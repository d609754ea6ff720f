import "server-only";
import { type AuditDetails, auditEach } from "@/lib/auth/audit";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { teamToday } from "@/lib/insights/team-today";
import { appNow } from "@/lib/platform/clock";
import { editedMeanwhile, invalid } from "@/lib/platform/errors";
import { assertLearned } from "./internal";
import { fetchOwnNumbers } from "./own-number-rows";
import type { OwnPasteReport, PasteOwnNumbersInput } from "./paste-own-schemas";
import { planOwnPaste, valuesOf } from "./plan-own-paste";
import { understandOwnNumbers } from "./understand-own-numbers";

const MAX_LINES = 1000;

/**
 * Enters a pasted table of a team's own numbers: a dry run tells what was understood, what would be entered, what would
 * be changed and from what, and which lines are left out; a real one does just that, all of it or nothing. A month that is
 * there is only changed if it was shown, in the version that was shown.
 * @throws `not_found`, `key_missing` as `createOwnNumber`; `invalid_request` for a table that cannot be read;
 * `conflict` (`edited_meanwhile`) when a month was entered or changed since it was shown
 */
export async function pasteOwnNumbers(
  ctx: TeamContext,
  categoryId: string,
  input: PasteOwnNumbersInput,
): Promise<OwnPasteReport> {
  if (input.text.trimEnd().split(/\r\n|\r|\n/).length > MAX_LINES) throw invalid("text", "own_paste_too_long");
  const understood = understandOwnNumbers(input.text, input);
  if (understood.missing === "month") throw invalid("text", "own_paste_no_month");
  if (understood.missing === "figure") throw invalid("text", "own_paste_no_figure");
  return withTeam(ctx, "tracking:write", async (tx) => {
    const upstream = await assertLearned(tx, ctx, categoryId);
    const there = await fetchOwnNumbers(tx, ctx, categoryId);
    const plan = planOwnPaste(understood, there, (await teamToday(tx, ctx)).slice(0, 7));
    const { entered, changed } = plan;
    if (input.dryRun) return { saved: false, ...plan };

    const shown = new Map(input.shown.map(({ id, version }) => [id, version]));
    if (changed.some(({ id, version }) => shown.get(id) !== version)) throw editedMeanwhile();
    const now = await appNow(tx);
    const place = {
      teamId: ctx.team.id,
      upstream,
      categoryId,
      memberId: ctx.member.id,
      createdAt: now,
      updatedAt: now,
    };
    const made = await tx.ownNumber.createManyAndReturn({
      data: entered.map(({ line: _, ...month }) => ({ ...place, ...month })),
      skipDuplicates: true,
      select: { id: true, region: true, month: true },
    });
    const column = <Name extends keyof (typeof changed)[number]>(name: Name) => changed.map((one) => one[name]);
    const count = await tx.$executeRaw`
      update own_number n set ctr_pct = u.ctr, cvr_pct = u.cvr, six_second_view_rate_pct = u.six, cpa = u.cpa,
        cost = u.cost, currency = u.currency, version = n.version + 1, updated_at = ${now}
      from unnest(${column("id")}::uuid[], ${column("version")}::int[], ${column("ctrPct")}::float8[],
        ${column("cvrPct")}::float8[], ${column("sixSecondViewRatePct")}::float8[], ${column("cpa")}::float8[],
        ${column("cost")}::float8[], ${column("currency")}::text[]) as u (id, version, ctr, cvr, six, cpa, cost, currency)
      where n.team_id = ${ctx.team.id}::uuid and n.id = u.id and n.version = u.version`;
    // Somebody else was faster: nothing of this is kept, and what is there now is shown first.
    if (made.length < entered.length || count < changed.length) throw editedMeanwhile();
    const factsOf = (numberId: string, { region, month }: { region: string; month: string }): AuditDetails => {
      return { numberId, categoryId, region, month };
    };
    await auditEach(
      tx,
      ctx,
      "category.number_entered",
      made.map((one) => ({ details: factsOf(one.id, one) })),
    );
    await auditEach(
      tx,
      ctx,
      "category.number_changed",
      changed.map((one) => ({ details: factsOf(one.id, one), before: one.before, after: valuesOf(one) })),
    );
    return { saved: true, ...plan };
  });
}
