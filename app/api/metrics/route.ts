import { readCreditTotals } from "@/lib/credits/read-credit-totals";
import { answerMetrics } from "@/lib/http/metrics";
import { readQueueLateness } from "@/lib/jobs/read-queue-lateness";

export const dynamic = "force-dynamic";

/** Prometheus text for whoever watches the installation; no account of the application can read it. */
export async function GET(request: Request) {
  return answerMetrics(request, [readCreditTotals, readQueueLateness]);
}
