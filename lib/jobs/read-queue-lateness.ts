import "server-only";
import type { Family } from "@/lib/platform/metrics";
import { readWaiting } from "@/lib/platform/queue";

/** How much work waits in the queues of all processes, and for how long the oldest of it could have been begun. */
export async function readQueueLateness(): Promise<Family[]> {
  const queues = await readWaiting();
  const gauge = (name: string, help: string, value: (queue: (typeof queues)[number]) => number): Family => ({
    name,
    help,
    type: "gauge",
    samples: queues.map((queue) => ({ labels: { queue: queue.name }, value: value(queue) })),
  });
  return [
    gauge("nichebook_jobs_waiting", "Jobs that are due and not begun, by queue.", ({ waiting }) => waiting),
    gauge(
      "nichebook_queue_lateness_seconds",
      "Since when the oldest job that is due waits, by queue; 0 when none does.",
      ({ lateSeconds }) => lateSeconds,
    ),
  ];
}
