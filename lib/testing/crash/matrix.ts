import { groupBy } from "./group-by";
import { STAGES } from "./proxy";
import { type Cell, type Fault, type Given, inParallel, runGroup, type Story } from "./run";
import { SHAPES, type Shape } from "./shapes";
import type { Site } from "./site";

const HIT_FAULTS: readonly Fault[] = ["kill the app", "end its connections", "stop PostgreSQL"];
const SQL_FAULTS: readonly Fault[] = [...HIT_FAULTS, "cut its connection"];
/** So many asks share a buyer's process and what strikes it. */
const GROUP_SIZE = 40;
/** So many groups wait for one stop of PostgreSQL: their held connections must fit into the server. */
const STOP_TOGETHER = 3;

/** Every shape once, undisturbed: which points lie on its way, and what its caller is told. */
export async function takeCensus(site: Site, given: Given): Promise<Story[]> {
  const groups = [...groupBy(SHAPES, ({ wire }) => wire).values()];
  const walked = await Promise.all(
    groups.map((shapes) =>
      runGroup(
        site,
        shapes.map((shape) => ({ shape, place: null, fault: null })),
        given,
      ),
    ),
  );
  return walked.flat();
}

/** Each hit of each shape's way, and each stage of each ledger statement, with each fault. */
export function makeCells(site: Site, census: Story[]): Cell[] {
  const trailOf = (shape: Shape) => census.find((story) => story.shape === shape)?.trail ?? [];
  const plain = SHAPES[0] as Shape;
  const atHits = SHAPES.flatMap((shape) =>
    unfolded(shape, trailOf(shape), shape === plain ? [] : trailOf(plain)).flatMap((hit) =>
      HIT_FAULTS.map((fault) => ({ shape, place: { hit }, fault })),
    ),
  );
  const atStatements = site.bundle.statements.flatMap((statement) =>
    STAGES.flatMap((stage) => SQL_FAULTS.map((fault) => ({ shape: plain, place: { statement, stage }, fault }))),
  );
  return [...atHits, ...atStatements];
}

/**
 * What a shape has in common with the plain way is tried on the plain way alone: everything where nothing but a pause
 * or a repeat is added, else what comes before they part: the upstream's answer where only that differs, or the claim.
 */
function unfolded(shape: Shape, trail: string[], plain: string[]): string[] {
  if (shape.adds === "pauses") return trail.filter((hit) => !plain.includes(hit));
  const parts = shape.adds === "answer" ? /^lib\/keyapi\/.* after / : /^lib\/credits\/ledger\.ts/;
  const from = trail.findIndex((hit, index) => hit !== plain[index] || parts.test(hit));
  return from === -1 ? [] : trail.slice(from);
}

/** Runs all cells, many at once. */
export async function runCells(site: Site, cells: Cell[], given: Given): Promise<Story[]> {
  const groups = [...groupBy(cells, ({ shape, fault }) => `${shape.wire} ${fault}`).values()].flatMap((alike) =>
    chunks(alike, GROUP_SIZE),
  );
  const stopping = groups.filter(([cell]) => cell?.fault === "stop PostgreSQL");
  const others = groups.filter(([cell]) => cell?.fault !== "stop PostgreSQL");
  const stories = (await inParallel(others, (group) => runGroup(site, group, given), 2)).flat();
  for (const together of chunks(stopping, STOP_TOGETHER)) {
    const stop = onceAllAsk(together.length, () => site.stopPostgres());
    stories.push(...(await Promise.all(together.map((group) => runGroup(site, group, { ...given, stop })))).flat());
  }
  return stories;
}

/** One stop for so many who want one, once all of them do. */
function onceAllAsk(many: number, stop: () => Promise<void>): () => Promise<void> {
  let asked = 0;
  let run = () => {};
  const stopped = new Promise<void>((resolve, reject) => {
    run = () => void stop().then(resolve, reject);
  });
  return () => {
    if (++asked === many) run();
    return stopped;
  };
}

function chunks<T>(items: T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size));
}
