import "server-only";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { fetchRule, fetchRules } from "./rule-rows";
import type { AlertRule } from "./schemas";

/** The rules that this member may see, newest first. */
export async function readRules(ctx: TeamContext): Promise<{ items: AlertRule[] }> {
  return withTeam(ctx, "alerts:read", async (tx) => ({ items: await fetchRules(tx, ctx) }));
}

/** @throws `not_found` */
export async function readRule(ctx: TeamContext, id: string): Promise<AlertRule> {
  return withTeam(ctx, "alerts:read", (tx) => fetchRule(tx, ctx, id));
}
