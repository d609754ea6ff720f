import type pg from "pg";
import { makeTeam } from "@/lib/testing/factories";
import type { Told } from "./buyer";
import type { Buyer } from "./processes";
import type { Caught, Stage } from "./proxy";
import { type Ask, inputOf, type Shape } from "./shapes";
import { HOLD_CLASS, type Site } from "./site";

/** Where a fault strikes: at a hit of a fault point, or at a stage of a ledger statement. */
export type Place = { hit: string } | { statement: string; stage: Stage };
export type Fault = "kill the app" | "end its connections" | "cut its connection" | "stop PostgreSQL";
export type Cell = { shape: Shape; place: Place; fault: Fault };

/** What happened to a cell, for its judge. */
export type Story = Ask & {
  place: Place | null;
  fault: Fault | null;
  /** Null when the process died under it. */
  told: Told | null;
  trail: string[];
  /** False when the ask ended without passing the place. */
  struck: boolean;
};

export const nameOf = ({ shape, place, fault }: Pick<Story, "shape" | "place" | "fault">) =>
  `${shape.name} × ${place === null ? "nowhere" : "hit" in place ? place.hit : `${place.statement} ${place.stage}`} × ${fault ?? "nothing"}`;

/** Found by what is written there, so that other awaits may come and go. */
function hitOf(site: Site, file: string, words: string, side: "before" | "after"): string {
  const [point, ...more] = site.bundle.points.filter((one) => one.file === file && one.text.includes(words));
  if (!point || more.length > 0) throw new Error(`${file} has no single "${words}"`);
  return `${point.id} ${side} 1`;
}

/** Who helps: a buyer that nothing happens to, and one stop of PostgreSQL for all groups that want one. */
export type Given = { helper: Buyer; stop: () => Promise<void> };

let made = 0;
/** A name that no other cell or process of this run has. */
export const newCell = () => `c${++made}`;

/**
 * Asks for all cells at once in one buyer's process, holds each at its place, lets one fault strike all of them, and
 * lets them go. All cells share fault and wire.
 */
export async function runGroup(
  site: Site,
  cells: { shape: Shape; place: Place | null; fault: Fault | null }[],
  given: Given,
): Promise<Story[]> {
  const [first] = cells;
  if (!first) return [];
  const name = newCell();
  const buyer = await site.buyer(name, first.shape.wire);
  const stories = await inParallel(cells, async ({ shape, place, fault }): Promise<Story> => {
    const cell = newCell();
    return {
      cell,
      shape,
      place,
      fault,
      team: await makeTeam(),
      idempotencyKey: `ask ${cell}`,
      told: null,
      trail: [],
      struck: false,
    };
  });
  await prepare(site, stories, given.helper, buyer);

  // The moment after which a request is reserved and nothing has been sent; and the first pause of who waits.
  const afterClaim = hitOf(site, "lib/insights/buy-page.ts", "await claim(", "after");
  const firstPause = hitOf(site, "lib/insights/await-request.ts", "setTimeout(resolve, pauseMs)", "before");
  const locks = await holdCommits(site, stories);
  const dones: Promise<unknown>[] = [];
  const caught: Caught[] = [];
  // A few at a time, so that their connections are made for few and used by all.
  await inParallel(stories, async (story) => {
    const { place, shape, team, cell } = story;
    const reached = latch();
    const ended = latch();
    const stops = [afterClaim, ...(shape.shared ? [firstPause] : []), ...(place && "hit" in place ? [place.hit] : [])];
    if (shape.lost) site.proxy.snare({ ...shape.lost, team: team.team.id, cut: true });
    if (place && "stage" in place) {
      const one = site.proxy.snare({ ...place, team: team.team.id, cut: false });
      caught.push(one);
      void one.reached.then(async () => {
        if (place.stage === "sent") await locks.waiting(cell);
        reached.open();
      });
    }
    const done = buyer
      .ask(
        {
          ...{ kind: "ask", cell, team, input: inputOf(story), idempotencyKey: story.idempotencyKey },
          ...{ byShare: shape.byShare, stops },
        },
        async (at) => {
          const isPlace = place !== null && "hit" in place && place.hit === at;
          if (at === afterClaim && shape.lease === "after_claim") await site.expire([team.team.id]);
          if (at === afterClaim && shape.paced) await delaySlot(site, story);
          if (at === firstPause && !isPlace) await answerLeader(site, story);
          if (isPlace) reached.open();
          else buyer.go(cell);
        },
      )
      .then((end) => {
        story.told = end?.told ?? null;
        story.trail = end?.trail ?? [];
        ended.open();
      });
    dones.push(done);
    if (shape.lease === "in_call") void answerLate(site, story);
    story.struck = await Promise.race([reached.opened.then(() => true), ended.opened.then(() => false)]);
  });

  if (first.fault) {
    if (first.fault === "kill the app") await buyer.kill();
    if (first.fault === "end its connections") await site.terminate(name);
    if (first.fault === "stop PostgreSQL") await given.stop();
    if (first.fault === "cut its connection") for (const one of caught) one.cut();
  }
  await locks.release();
  for (const one of caught) one.go();
  for (const { cell, place } of stories) if (place && "hit" in place) buyer.go(cell);
  if (first.fault) for (const { cell, shape } of stories) if (shape.shared) site.upstream.open(cell);
  await Promise.all(dones);
  if (first.fault === "kill the app") await site.forgotten(name);
  else await buyer.stop();
  await site.expire(stories.map(({ team }) => team.team.id));
  return stories;
}

/** What a shape wants to have happened before. */
async function prepare(site: Site, stories: Story[], helper: Buyer, buyer: Buyer) {
  await inParallel(stories, async (story) => {
    const { shape, team, cell } = story;
    if (shape.before) {
      const idempotencyKey = shape.before === "ask" ? story.idempotencyKey : null;
      await helper.ask({ kind: "ask", cell, team, input: inputOf(story), idempotencyKey, stops: [] });
    }
    if (shape.shared) {
      const leader = { kind: "ask", cell: `${cell} leader`, team, input: inputOf(story) } as const;
      void buyer.ask({ ...leader, idempotencyKey: null, stops: [] });
      await called(site, cell);
    }
  });
}

/** The key's queue has its next slot in a moment. */
async function delaySlot(site: Site, { team }: Story) {
  await site.query(
    `insert into key_pace (team_id, key_id, next_slot_at)
     select team_id, id, clock_timestamp() + interval '4 seconds' from team_key where team_id = $1`,
    [team.team.id],
  );
}

/** The held-back answer comes and is settled: the next look of who waits finds it. */
async function answerLeader(site: Site, { cell, team }: Story) {
  site.upstream.open(cell);
  for (;;) {
    const left = await site.query(
      "select from credit_request where team_id = $1 and state in ('reserved', 'sending') limit 1",
      [team.team.id],
    );
    if (left.length === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The lease runs out while the upstream thinks; then it answers. */
async function answerLate(site: Site, { cell, team }: Story) {
  await called(site, cell);
  await site.expire([team.team.id]);
  site.upstream.open(cell);
}

/** Waits until the upstream has written down a call. */
async function called(site: Site, cell: string) {
  while (!site.calls().some((call) => call.cell === cell)) await new Promise((resolve) => setTimeout(resolve, 20));
}

/** Keeps what the statements of these stories write from being committed, until released. */
async function holdCommits(site: Site, stories: Story[]) {
  const held = stories.flatMap((story) =>
    story.place && "stage" in story.place && story.place.stage === "sent" ? [{ story, place: story.place }] : [],
  );
  if (held.length === 0) return { waiting: async () => {}, release: async () => {} };
  const session: pg.Client = await site.session();
  for (const { story, place } of held) {
    await session.query("insert into crash_hold values ($1, $2, $3)", [
      story.team.team.id,
      site.bundle.statements.indexOf(place.statement) + 1,
      Number(story.cell.slice(1)),
    ]);
    await session.query("select pg_advisory_lock($1, $2)", [HOLD_CLASS, Number(story.cell.slice(1))]);
  }
  return {
    async waiting(cell: string) {
      for (;;) {
        const rows = await site.query(
          "select from pg_locks where locktype = 'advisory' and not granted and classid = $1 and objid = $2",
          [HOLD_CLASS, Number(cell.slice(1))],
        );
        if (rows.length > 0) return;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    async release() {
      // Gone already when the server was stopped.
      await session.end().catch(() => {});
    },
  };
}

function latch() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open: () => open(), opened };
}

/** In order, some at a time. */
export async function inParallel<In, Out>(
  items: readonly In[],
  run: (item: In) => Promise<Out>,
  lanes = 12,
): Promise<Out[]> {
  const results: Out[] = [];
  let next = 0;
  const lane = async () => {
    while (next < items.length) {
      const at = next++;
      results[at] = await run(items[at] as In);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return results;
}
