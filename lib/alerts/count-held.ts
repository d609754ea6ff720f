import "server-only";
import { type Wall, wallsOf, wallsOfQuestion } from "@/lib/insights/breaks";
import type { Tx } from "@/lib/platform/db";
import { type Answer, isAboutPlaces, type Told, type TriedRule } from "./try-rules";

/** Counts, at the newest wall in its way, each alert that a comparison across would have told. */
export async function countHeld(
  tx: Tx,
  teamId: string,
  across: readonly Told[],
  told: readonly Told[],
  { rules, answer, walls }: { rules: readonly TriedRule[]; answer: Answer; walls: readonly Wall[] },
): Promise<void> {
  const keyOf = ({ ruleId, categoryId }: Told) => `${ruleId}/${categoryId}`;
  const kept = new Set(told.map(keyOf));
  const ofRule = new Map(rules.map((rule) => [rule.id, rule]));
  const held = new Map<string, number>();
  for (const one of across.filter((each) => !kept.has(keyOf(each)))) {
    const rule = ofRule.get(one.ruleId);
    if (!rule) continue;
    const inTheWay = isAboutPlaces(rule)
      ? wallsOfQuestion(walls, answer)
      : wallsOf(walls, answer, rule.metric ?? "rank");
    const id = inTheWay[0]?.id;
    if (id) held.set(id, (held.get(id) ?? 0) + 1);
  }
  if (held.size === 0) return;
  await tx.$executeRaw`
    update provider_break p set held_alerts = p.held_alerts + n.count
    from jsonb_to_recordset(${JSON.stringify([...held].map(([id, count]) => ({ id, count })))}::jsonb) as n(id uuid, count int)
    where p.team_id = ${teamId}::uuid and p.id = n.id`;
}
