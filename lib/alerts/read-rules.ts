import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { TABLE_ROWS, type TableLook, type TablePage } from "@/lib/platform/format/table-page";
import { fetchRule, fetchRules, fetchRulesPage } from "./rule-rows";
import type { AlertRule } from "./schemas";

/** The rules that this member may see, newest first. */
export async function readRules(ctx: TeamContext): Promise<{ items: AlertRule[] }> {
  return withTeam(ctx, "alerts:read", async (tx) => ({ items: await fetchRules(tx, ctx) }));
}

/** One page of the same; `q` is looked for in their names and in those of categories, lists and searches. */
export async function readRulesPage(
  ctx: TeamContext,
  look: TableLook,
  most = TABLE_ROWS,
): Promise<TablePage<AlertRule>> {
  return withTeam(ctx, "alerts:read", (tx) => fetchRulesPage(tx, ctx, look, most));
}

/** @throws `not_found` */
export async function readRule(ctx: TeamContext, id: string): Promise<AlertRule> {
  return withTeam(ctx, "alerts:read", (tx) => fetchRule(tx, ctx, id));
}
