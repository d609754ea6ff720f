import type pg from "pg";

/** One measured figure: what we do against the least that anybody would have to do, in the same run; or a share of all. */
export type Ratio = {
  name: string;
  ratio: number;
  target: number;
  /** Which side of the target is the good one. */
  better: "higher" | "lower";
  /** 1 is all of it: told in per cent. Otherwise so many times as much. */
  as?: "share";
};

/** A migrated database of this benchmark's own, which `db()`, `ledgerPool()` and the factories of the tests use. */
export type BenchContext = {
  /** Whom nothing holds: for filling tables and for the bare statement that we compare with. */
  superuserPool: pg.Pool;
  /** Name of the ordinary role that the application runs as; a table of the benchmark's own needs grants for it. */
  appRole: string;
  appUrl: string;
  /** As the role that owns everything and may migrate: for an application that is started on this database. */
  ownerUrl: string;
  /** One plain line for whoever waits. */
  say(line: string): void;
};

/** What each file of `bench/` exports. */
export type Bench = {
  name: string;
  run(ctx: BenchContext): Promise<{ ratios: Ratio[] }>;
};
