import "server-only";
import type { TeamContext } from "@/lib/auth/context";
import type { CsvColumn } from "@/lib/platform/csv";
import { readDeliveries } from "./read-deliveries";
import type { Delivery } from "./schemas";

type AttemptLine = { delivery: Delivery; attempt: Delivery["attempts"][number] | null };

/** A line for each attempt, and one for a delivery that was not tried yet; newest delivery first. @throws `not_found` */
export async function* exportDeliveries(ctx: TeamContext, webhookId: string): AsyncGenerator<AttemptLine[]> {
  let cursor: string | undefined;
  do {
    const { items, nextCursor } = await readDeliveries(ctx, webhookId, { cursor });
    yield items.flatMap((delivery) =>
      (delivery.attempts.length > 0 ? delivery.attempts : [null]).map((attempt) => ({ delivery, attempt })),
    );
    cursor = nextCursor ?? undefined;
  } while (cursor);
}

export const DELIVERY_COLUMNS: readonly CsvColumn<AttemptLine>[] = [
  { key: "delivery_id", value: ({ delivery }) => delivery.id },
  { key: "created_at", value: ({ delivery }) => delivery.createdAt },
  { key: "tells", value: ({ delivery }) => delivery.kinds.join(", ") },
  { key: "notices", value: ({ delivery }) => delivery.items },
  { key: "state", value: ({ delivery }) => delivery.state },
  { key: "next_try_at", value: ({ delivery }) => delivery.nextTryAt },
  { key: "attempt", value: ({ attempt }) => attempt?.number ?? null },
  { key: "started_at", value: ({ attempt }) => attempt?.startedAt ?? null },
  { key: "by_hand", value: ({ attempt }) => attempt && (attempt.byHand ? "yes" : "no") },
  { key: "http_status", value: ({ attempt }) => attempt?.status ?? null },
  { key: "latency_ms", value: ({ attempt }) => attempt?.latencyMs ?? null },
  { key: "problem", value: ({ attempt }) => attempt?.problem ?? null },
  { key: "answer", value: ({ attempt }) => attempt?.answer ?? null },
];
