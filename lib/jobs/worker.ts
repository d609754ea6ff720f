import "server-only";
import { sweepOrphans } from "@/lib/credits/sweep-orphans";
import { log } from "@/lib/platform/log";

const SWEEP_EVERY_MS = 5_000;

/**
 * Starts the background work of one process: the sweeper. Several may run at once; each orphan ends once.
 * `stop` resolves when nothing is under way any more.
 */
export async function startWorker(): Promise<{ stop(): Promise<void> }> {
  let running: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | null = null;
  let stopped = false;

  const sweep = async () => {
    try {
      const ended = await sweepOrphans();
      if (ended.released + ended.unsettled > 0) log().warn(ended, "requests ended without their buyer");
    } catch (error) {
      log().warn({ err: error }, "the sweeper could not reach the database; it tries again");
    }
    if (!stopped) timer = setTimeout(start, SWEEP_EVERY_MS);
  };
  const start = () => {
    running = sweep();
  };
  start();

  return {
    async stop() {
      stopped = true;
      if (timer) clearTimeout(timer);
      await running;
    },
  };
}
