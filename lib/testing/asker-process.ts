import { createInterface } from "node:readline";
import { contextOfMember, contextOfToken } from "@/lib/auth/read-context";
import { closePools } from "@/lib/platform/db";
import { AppError } from "@/lib/platform/errors";
import { type Runtime, setRuntime } from "@/lib/platform/runtime";
import { createSearch } from "@/lib/tracking/create-search";
import { createSearchSchema } from "@/lib/tracking/schemas";

// A second web process, as far as who asks goes: tests change something in their own process and ask this one next.
// It reads one order a line from its standard input, says "ready" first, and answers each with one line of JSON.
export type AskerOrder = { runtime: Runtime } & ({ slug: string; userId: string } | { token: string });
/** The asker's role, and what became of saving a search. Null: nobody of this team. */
export type AskerReport = { role: string; saved: string } | null;

const NOWHERE = { address: null, userAgent: null };

async function answer(order: AskerOrder): Promise<AskerReport> {
  const ctx = await ("token" in order
    ? contextOfToken(order.token, NOWHERE).catch(() => null)
    : contextOfMember(order.slug, order.userId, NOWHERE));
  if (!ctx) return null;
  const input = createSearchSchema.parse({ name: "All", region: "US", window: "7", pages: 1 });
  const saved = await createSearch(ctx, input).then(
    () => "saved",
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  );
  return { role: ctx.member.role, saved };
}

process.stdout.write("ready\n");
for await (const line of createInterface({ input: process.stdin })) {
  const order = JSON.parse(line) as AskerOrder;
  setRuntime(order.runtime);
  process.stdout.write(`${JSON.stringify(await answer(order))}\n`);
}
await closePools();
