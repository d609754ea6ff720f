import "./hit";
import { randomUUID } from "node:crypto";
import { proven, type TeamContextFacts } from "@/lib/auth/context";
import { sweepOrphans } from "@/lib/credits/sweep-orphans";
import { type BuyPageCall, buyPage } from "@/lib/insights/buy-page";
import { buyPageSchema } from "@/lib/insights/schemas";
import { AppError } from "@/lib/platform/errors";
import { type Runtime, setRuntime } from "@/lib/platform/runtime";
import { onHold, type Walk, walks } from "./hit";

// A process that buys on orders and dies where it is told to: the application, without its pages.

export type Order =
  | {
      kind: "ask";
      cell: string;
      team: TeamContextFacts;
      input: { region: string; window: string; q?: string; maxAgeMinutes?: number };
      idempotencyKey: string | null;
      /** For a schedule that the team's share pays for. */
      byShare?: boolean;
      stops: string[];
    }
  | { kind: "sweep"; cell: string; stops: string[] }
  /** The ask that is held goes on. */
  | { kind: "go"; cell: string };

/** What an ask came to, as its caller was told. */
export type Told =
  | { source: string; creditsSpent: number; snapshotId: string }
  | { error: string; outcome?: string; message?: string };

/** Stands for a code where the error has none. */
const UNEXPECTED = "raw";

export type Word =
  | { kind: "ready" }
  | { kind: "held"; cell: string; at: string }
  | { kind: "done"; cell: string; told: Told; trail: string[] };

/** To nobody when the test is gone. */
const say = (word: Word) => process.send?.(word, undefined, undefined, () => {});
const held = new Map<string, () => void>();
onHold(
  (cell, at) =>
    new Promise((resolve) => {
      held.set(cell, resolve);
      say({ kind: "held", cell, at });
    }),
);

setRuntime(JSON.parse(process.argv[2] ?? "") as Runtime);
process.on("message", (order: Order) => {
  if (order.kind === "go") {
    const go = held.get(order.cell);
    held.delete(order.cell);
    go?.();
    return;
  }
  const walk: Walk = { cell: order.cell, stops: order.stops, trail: [], counts: new Map() };
  void walks.run(walk, async () => {
    const told = await (order.kind === "sweep" ? sweep() : ask(order));
    say({ kind: "done", cell: order.cell, told, trail: walk.trail });
  });
});
process.once("disconnect", () => process.exit(0));
say({ kind: "ready" });

const BY_SHARE: Omit<BuyPageCall, "idempotencyKey"> = {
  purpose: "schedule",
  run: { id: randomUUID(), searchId: null, watchlistId: null, byShare: true, waitedMs: 0 },
};

async function ask(order: Extract<Order, { kind: "ask" }>): Promise<Told> {
  try {
    const answer = await buyPage(proven(order.team), buyPageSchema.parse(order.input), {
      idempotencyKey: order.idempotencyKey,
      ...(order.byShare ? BY_SHARE : { purpose: "explore" }),
    });
    return { source: answer.source, creditsSpent: answer.creditsSpent, snapshotId: answer.snapshot.id };
  } catch (error) {
    if (!(error instanceof AppError)) return { error: UNEXPECTED, message: String(error) };
    const { outcome } = error.details as { outcome?: string };
    return { error: error.code, ...(outcome ? { outcome } : {}) };
  }
}

async function sweep(): Promise<Told> {
  try {
    await sweepOrphans();
    return { source: "swept", creditsSpent: 0, snapshotId: "" };
  } catch (error) {
    return { error: UNEXPECTED, message: String(error) };
  }
}
