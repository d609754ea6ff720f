import "server-only";
import { fromPrisma, PgBoss } from "pg-boss";
import { db, type Tx } from "./db";
import { log } from "./log";
import { runtime } from "./runtime";

const SCHEMA = "pgboss";

/**
 * The queues. What buys is never repeated by the queue: a job that ended badly stays ended, and whoever owns the work
 * decides from its own rows what is still to be done. One waiting job for each `key` at a time. Asking for a new
 * password buys nothing: it may be repeated, and is soon forgotten, for it holds an address.
 */
const QUEUES = {
  run: { policy: "short", retryLimit: 0, expireInSeconds: 6 * 3600, heartbeatSeconds: 30, notify: true },
  schedule: { policy: "short", retryLimit: 0, expireInSeconds: 600, heartbeatSeconds: 30, notify: true },
  forgot_password: {
    policy: "standard",
    retryLimit: 2,
    retryDelay: 5,
    expireInSeconds: 60,
    deleteAfterSeconds: 3600,
    notify: true,
  },
  mail: { policy: "short", retryLimit: 0, expireInSeconds: 600, heartbeatSeconds: 30, notify: true },
  webhook: { policy: "short", retryLimit: 0, expireInSeconds: 600, heartbeatSeconds: 30, notify: true },
} as const;
export type QueueName = keyof typeof QUEUES;

/** Makes or upgrades the queue's own tables, as the role that owns the database's objects; part of every migration. */
export async function installQueue(ownerUrl: string): Promise<void> {
  const boss = new PgBoss({ connectionString: ownerUrl, schema: SCHEMA, supervise: false, schedule: false, max: 2 });
  boss.on("error", () => {});
  await boss.start();
  try {
    for (const [name, options] of Object.entries(QUEUES)) await boss.createQueue(name, options);
  } finally {
    await boss.stop({ graceful: false });
  }
}

type Open = { url: string; boss: Promise<PgBoss> };
const holder = globalThis as typeof globalThis & { __nichebookQueue?: Open };

// One for each process and database address, like the pools: the server bundle and Next's chunks share it.
function queue(): Promise<PgBoss> {
  const url = runtime().databaseAppUrl;
  if (holder.__nichebookQueue?.url === url) return holder.__nichebookQueue.boss;
  const old = holder.__nichebookQueue;
  const open: Open = { url, boss: start(url) };
  holder.__nichebookQueue = open;
  // A start that failed is tried again by the next caller.
  open.boss.catch(() => {
    if (holder.__nichebookQueue === open) holder.__nichebookQueue = undefined;
  });
  if (old) void stop(old);
  return open.boss;
}

async function start(url: string): Promise<PgBoss> {
  const boss = new PgBoss({
    connectionString: url,
    schema: SCHEMA,
    migrate: false,
    createSchema: false,
    schedule: false,
    reindex: false,
    useListenNotify: true,
    max: 4,
  });
  boss.on("error", (error) => log().warn({ err: error }, "the job queue met an error"));
  await boss.start();
  return boss;
}

async function stop(open: Open): Promise<void> {
  const boss = await open.boss.catch(() => null);
  await boss?.stop({ graceful: false }).catch(() => {});
}

/** Puts a job into a queue, in the caller's transaction: neither is without the other. */
export async function sendJob(tx: Tx, name: QueueName, key: string, data: object): Promise<void> {
  await (await queue()).send(name, data, { singletonKey: key, db: fromPrisma(tx) });
}

/** Several at once. */
export async function sendJobs(tx: Tx, name: QueueName, jobs: { key: string; data: object }[]): Promise<void> {
  const rows = jobs.map(({ key, data }) => ({ data, singletonKey: key }));
  await (await queue()).insert(name, rows, { db: fromPrisma(tx) });
}

/** The same without a transaction, for work that was found waiting. */
export async function sendAgain(name: QueueName, key: string, data: object): Promise<void> {
  await (await queue()).send(name, data, { singletonKey: key });
}

/**
 * Works on a queue's jobs, several at a time. `signal` aborts when this process is asked to stop.
 * @returns how to stop taking jobs and wait for those under way
 */
export async function workOn<Data extends object>(
  name: QueueName,
  options: { atOnce: number },
  run: (data: Data, signal: AbortSignal) => Promise<void>,
): Promise<{ stop(): Promise<void> }> {
  const boss = await queue();
  const leaving = new AbortController();
  const work = () => {
    const worker: Promise<string> = boss.work<Data>(
      name,
      { batchSize: 1, pollingIntervalSeconds: 2 },
      async ([job]) => {
        try {
          if (job) await run(job.data, AbortSignal.any([job.signal, leaving.signal]));
        } finally {
          // There may be more: by itself it would look again after half a minute, or when a new job is announced.
          boss.notifyWorker(await worker);
        }
      },
    );
    return worker;
  };
  const workers = await Promise.all(Array.from({ length: options.atOnce }, work));
  return {
    async stop() {
      leaving.abort();
      await Promise.all(workers.map((id) => boss.offWork(name, { id, wait: true })));
    },
  };
}

/** Of each queue: how many jobs are due and not begun, and for how many seconds the oldest of them has been. */
export function readWaiting(): Promise<{ name: string; waiting: number; lateSeconds: number }[]> {
  return db().$queryRaw`
    select q.name, count(j.id)::int as waiting,
      coalesce(extract(epoch from clock_timestamp() - min(j.start_after)), 0)::float8 as "lateSeconds"
    from unnest(${Object.keys(QUEUES)}::text[]) as q(name)
    left join pgboss.job j on j.name = q.name and j.state in ('created', 'retry') and j.start_after <= clock_timestamp()
    group by q.name order by q.name`;
}

export async function closeQueue(): Promise<void> {
  const open = holder.__nichebookQueue;
  holder.__nichebookQueue = undefined;
  if (open) await stop(open);
}
