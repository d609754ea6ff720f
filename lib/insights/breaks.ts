import "server-only";
import type { TeamContext } from "@/lib/auth/context";
import { Prisma, type Tx } from "@/lib/platform/db";
import { readOnce } from "@/lib/platform/read-once";
import { COMPARED, type Compared } from "./compare-schemas";
import { METRICS, type Metric } from "./schemas";

type Team = { id: string; upstream: string | null };

/** A stretch of answers of another shape: nothing within it is compared with anything outside of it. */
export type Wall = {
  id: string;
  region: string;
  window: string;
  /** Null: the whole answers to the question of this category and keyword. */
  metric: Metric | null;
  categoryId: string;
  q: string;
  beganAt: number;
  endedAt: number | null;
};

/** The walls of an upstream that stand: those that an admin took for the market's own doing do not. */
export const fetchWalls = (tx: Tx, team: Team): Promise<Wall[]> => readOnce(tx, "walls", () => findWalls(tx, team));

async function findWalls(tx: Tx, team: Team): Promise<Wall[]> {
  type Row = Omit<Wall, "beganAt" | "endedAt"> & { began_at: Date; ended_at: Date | null };
  const rows = await tx.$queryRaw<Row[]>`
    select id, region, "window", metric, category_id as "categoryId", q, began_at, ended_at from provider_break
    where team_id = ${team.id}::uuid and upstream = ${team.upstream ?? ""} and verdict is distinct from 'real'
    order by began_at desc, id desc`;
  return rows.map(({ began_at, ended_at, ...wall }) => ({
    ...wall,
    beganAt: began_at.getTime(),
    endedAt: ended_at?.getTime() ?? null,
  }));
}

const isWithin = ({ beganAt, endedAt }: Pick<Wall, "beganAt" | "endedAt">, at: number) =>
  at >= beganAt && (endedAt === null || at < endedAt);

/** Whether two moments lie on different sides of one of these walls. */
export const isAcross = (walls: readonly Pick<Wall, "beganAt" | "endedAt">[], one: number, other: number): boolean =>
  walls.some((wall) => isWithin(wall, one) !== isWithin(wall, other));

/** The walls in the way of a figure, or of the rank in the whole ranking, in a region and window. */
export const wallsOf = (walls: readonly Wall[], { region, window }: Pick<Wall, "region" | "window">, what: Compared) =>
  walls.filter(
    (wall) =>
      wall.region === region &&
      wall.window === window &&
      (what === "rank" ? isOfQuestion(wall, { categoryId: "", q: "" }) : wall.metric === what),
  );

/** The walls in the way of places within the answers to a question. */
export const wallsOfQuestion = (
  walls: readonly Wall[],
  question: Pick<Wall, "region" | "window" | "categoryId" | "q">,
): Wall[] =>
  walls.filter(
    (wall) => wall.region === question.region && wall.window === question.window && isOfQuestion(wall, question),
  );

const isOfQuestion = (wall: Wall, { categoryId, q }: Pick<Wall, "categoryId" | "q">) =>
  wall.metric === null && wall.categoryId === categoryId && wall.q === q;

/** What cannot be compared between two moments in a region and window: figures, and the rank in the whole ranking. */
export function heldBetween(
  walls: readonly Wall[],
  place: Pick<Wall, "region" | "window">,
  one: string,
  other: string,
): ReadonlySet<Compared> {
  if (walls.length === 0) return new Set();
  const [from, to] = [Date.parse(one), Date.parse(other)];
  return new Set(COMPARED.filter((what) => isAcross(wallsOf(walls, place, what), from, to)));
}

/** Figures of which those that cannot be compared are left out. */
export const withoutHeld = <Figures extends Record<Metric, number | null>>(
  figures: Figures,
  held: ReadonlySet<Compared>,
): Figures =>
  held.size === 0
    ? figures
    : { ...figures, ...Object.fromEntries(METRICS.flatMap((metric) => (held.has(metric) ? [[metric, null]] : []))) };

type Sides = { region: Prisma.Sql; window: Prisma.Sql; from: Prisma.Sql; to: Prisma.Sql };

/** `isAcross` in SQL, for the walls `p` of a region and window between two moments. */
const across = (
  team: Pick<TeamContext["team"], "id" | "upstream">,
  { region, window, from, to }: Sides,
): Prisma.Sql => {
  const within = (at: Prisma.Sql) =>
    Prisma.sql`(${at} >= p.began_at and ${at} < coalesce(p.ended_at, 'infinity'::timestamptz))`;
  return Prisma.sql`p.team_id = ${team.id}::uuid and p.upstream = ${team.upstream ?? ""} and p.region = ${region}
    and p."window" = ${window} and p.verdict is distinct from 'real' and ${within(from)} <> ${within(to)}`;
};

/** Whether one figure, or the rank in the whole ranking, cannot be compared between two moments. */
export const isHeldBack = (team: Pick<TeamContext["team"], "id" | "upstream">, what: Compared, sides: Sides) =>
  Prisma.sql`exists (select 1 from provider_break p where ${across(team, sides)} and ${
    what === "rank" ? Prisma.sql`p.metric is null and p.category_id = '' and p.q = ''` : Prisma.sql`p.metric = ${what}`
  })`;
