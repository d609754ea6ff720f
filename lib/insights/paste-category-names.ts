import "server-only";
import { audit } from "@/lib/auth/audit";
import { type TeamContext, withTeam } from "@/lib/auth/context";
import { AppError, invalid } from "@/lib/platform/errors";
import type { PasteNamesInput, PasteNamesReport } from "./schemas";
import { understandNames } from "./understand-names";

const MAX_LINES = 1000;

/**
 * Names many categories at once, from a table of id, name and aliases; of one that stands there twice the last line
 * holds. @throws `invalid_request` for more than 1,000 lines; `key_missing`
 */
export async function pasteCategoryNames(ctx: TeamContext, input: PasteNamesInput): Promise<PasteNamesReport> {
  if (input.text.trimEnd().split(/\r\n|\r|\n/).length > MAX_LINES) throw invalid("text", "paste_too_long");
  return withTeam(ctx, "tracking:write", async (tx) => {
    const { upstream } = ctx.team;
    if (!upstream) throw new AppError("key_missing");
    const { names, notUnderstood } = understandNames(input.text);
    const saved = [...new Map(names.map((one) => [one.id, one])).values()];
    await tx.$executeRaw`
      insert into category_name (team_id, upstream, category_id, name, aliases, member_id, updated_at)
      select ${ctx.team.id}::uuid, ${upstream}, n.id, n.name,
        array(select jsonb_array_elements_text(n.aliases)), ${ctx.member.id}::uuid, app_now()
      from jsonb_to_recordset(${JSON.stringify(saved)}::jsonb) as n (id text, name text, aliases jsonb)
      on conflict (team_id, upstream, category_id) do update set name = excluded.name, aliases = excluded.aliases,
        member_id = excluded.member_id, updated_at = excluded.updated_at, version = category_name.version + 1`;
    await audit(tx, ctx, "category.names_pasted", { named: saved.length });
    return { saved: saved.map(({ line, id, name }) => ({ line, id, name })), notUnderstood };
  });
}
