import "server-only";
import type { TeamContext } from "@/lib/auth/context";
import { readLog } from "@/lib/credits/read-log";
import { readUsage } from "@/lib/credits/read-usage";
import type { Usage, UsageLog } from "@/lib/credits/schemas";
import { type Mistakes, refusedFields, type Shown } from "./address";

type Read = { shown: Shown; mistakes: Mistakes; usage: Usage; log: UsageLog | null };

/**
 * Sums and log of a selection, read at the same time. What the verbs refuse of it (a member of nowhere, a cursor that
 * somebody cut short) is left out, said by its field, and the rest is shown.
 */
export async function readShown(ctx: TeamContext, shown: Shown): Promise<Read> {
  const { filter, by, free, cursor } = shown;
  try {
    const [usage, log] = await Promise.all([
      readUsage(ctx, { ...filter, by }),
      readLog(ctx, { ...filter, free, ...(cursor ? { cursor } : {}) }).catch(hiddenIsNone),
    ]);
    return { shown, mistakes: {}, usage, log };
  } catch (error) {
    const refused = refusedFields(error);
    const rest: Shown = { ...shown, filter: { ...filter } };
    for (const { path } of refused) {
      if (path === "cursor") rest.cursor = undefined;
      if (path === "member") delete rest.filter.member;
    }
    const isLess = rest.cursor !== cursor || rest.filter.member !== filter.member;
    if (!isLess) throw error;
    const read = await readShown(ctx, rest);
    const said = refused.filter(({ path }) => path === "member").map(({ message }) => ({ member: message }));
    return { ...read, mistakes: Object.assign({}, ...said, read.mistakes) };
  }
}

/** Sums of a member may be seen where the single requests may not. */
function hiddenIsNone(error: unknown): null {
  if (refusedFields(error).some(({ message }) => message === "member_hidden")) return null;
  throw error;
}
