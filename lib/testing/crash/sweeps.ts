import { makeTeam } from "@/lib/testing/factories";
import { type Fault, type Given, inParallel, newCell, type Story } from "./run";
import { inputOf, SHAPES } from "./shapes";
import type { Site } from "./site";

export const SWEEPER = "lib/credits/sweep-orphans.ts";

/**
 * A fault at every point of the sweeper: orphans are left behind, one sweep is held at each of its points, and all of
 * them are struck at once. @returns the orphans' stories, one for each point.
 */
export async function runSweeps(site: Site, fault: Fault, given: Given): Promise<Story[]> {
  const shape = { ...SHAPES.find(({ script }) => script === "after"), name: "sweeper" } as Story["shape"];
  const hits = site.bundle.points
    .filter(({ file }) => file === SWEEPER)
    .flatMap(({ id }) => [`${id} before 1`, `${id} after 1`]);
  const stories = await inParallel(hits, async (hit): Promise<Story> => {
    const cell = newCell();
    const team = await makeTeam();
    const story = { cell, shape, place: { hit }, fault, team, idempotencyKey: `ask ${cell}` };
    return { ...story, told: null, trail: [], struck: false };
  });

  const dying = await site.buyer(newCell());
  const sent = site.bundle.points.find(({ text }) => text.includes("await callUpstream("))?.id;
  await inParallel(stories, (story) => {
    const { cell, team, idempotencyKey } = story;
    return new Promise<void>((held) => {
      const stops = [`${sent} after 1`];
      void dying.ask({ kind: "ask", cell, team, input: inputOf(story), idempotencyKey, stops }, () => held());
    });
  });
  await dying.kill();
  await site.query(
    "update credit_request set lease_until = clock_timestamp() - interval '1 ms' where team_id = any($1)",
    [stories.map(({ team }) => team.team.id)],
  );

  const name = newCell();
  const sweeper = await site.buyer(name);
  const ends: Promise<unknown>[] = [];
  // One after the other: each finds what the ones before have left, and is held before it has ended all of it.
  for (const story of stories) {
    const [hit = ""] = story.place && "hit" in story.place ? [story.place.hit] : [];
    story.struck = await new Promise((resolve) => {
      const end = sweeper.ask({ kind: "sweep", cell: story.cell, stops: [hit] }, () => resolve(true));
      ends.push(end.then(() => resolve(false)));
    });
  }
  if (fault === "kill the app") await sweeper.kill();
  if (fault === "end its connections") await site.terminate(name);
  if (fault === "stop PostgreSQL") await given.stop();
  for (const { cell } of stories) sweeper.go(cell);
  await Promise.all(ends);
  await sweeper.stop();
  await site.expire(stories.map(({ team }) => team.team.id));
  return stories;
}
