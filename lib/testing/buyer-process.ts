import { createInterface } from "node:readline";
import { proven, type TeamContextFacts } from "@/lib/auth/context";
import { buyPage } from "@/lib/insights/buy-page";
import { buyPageSchema } from "@/lib/insights/schemas";
import { closePools } from "@/lib/platform/db";
import { AppError } from "@/lib/platform/errors";
import { type Runtime, setRuntime } from "@/lib/platform/runtime";

// A process of its own that buys: tests start two of them against one database. It reads one order a line from its
// standard input, says "ready" first, and answers each order with one line of JSON.
export type BuyerOrder = {
  runtime: Runtime;
  team: TeamContextFacts;
  /** One ask for each; asked all at once. */
  asks: { region: string; window: string; q?: string; maxAgeMinutes?: number }[];
};
export type BuyerReport = {
  sources: Record<string, number>;
  errors: Record<string, number>;
  snapshots: string[];
  creditsSpent: number;
};

process.stdout.write("ready\n");
for await (const line of createInterface({ input: process.stdin })) {
  const order = JSON.parse(line) as BuyerOrder;
  setRuntime(order.runtime);
  const ctx = proven(order.team);
  const report: BuyerReport = { sources: {}, errors: {}, snapshots: [], creditsSpent: 0 };
  const snapshots = new Set<string>();
  await Promise.all(
    order.asks.map(async (ask) => {
      try {
        const answer = await buyPage(ctx, buyPageSchema.parse(ask), { idempotencyKey: null, purpose: "explore" });
        report.sources[answer.source] = (report.sources[answer.source] ?? 0) + 1;
        report.creditsSpent += answer.creditsSpent;
        snapshots.add(answer.snapshot.id);
      } catch (error) {
        const code = error instanceof AppError ? error.code : String(error);
        report.errors[code] = (report.errors[code] ?? 0) + 1;
      }
    }),
  );
  report.snapshots = [...snapshots];
  process.stdout.write(`${JSON.stringify(report)}\n`);
}
await closePools();
