import "server-only";
import type { TeamContext } from "@/lib/auth/context";
import { readAlerts } from "./read-alerts";
import type { Alert, AlertsInput } from "./schemas";

/** What the rules that this member sees had to tell, newest first; a batch is read when the one before was taken. */
export async function* exportAlerts(ctx: TeamContext, { rule }: Pick<AlertsInput, "rule">): AsyncGenerator<Alert[]> {
  let cursor: string | undefined;
  do {
    const { items, nextCursor } = await readAlerts(ctx, { rule, cursor });
    yield items;
    cursor = nextCursor ?? undefined;
  } while (cursor);
}
