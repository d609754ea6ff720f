import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { chromium } from "@playwright/test";
import { z } from "zod";
import { signedIn } from "@/lib/testing/api-call";
import { CHROMIUM_ARGS, systemChromium } from "@/scripts/chromium.mjs";
import { freePort } from "@/scripts/postgres-process";
import { ROOT } from "@/scripts/root";
import { startApp } from "./runner/app";
import type { BenchContext, Ratio } from "./runner/bench";
import { median } from "./runner/measure";

export const name = "lighthouse";

/** Whether a page's text was there before its scripts differs from one round to the next, and by some points. */
const ROUNDS = 7;
const OWNER = "mia@demo.example";
/** What each page must come to, as Lighthouse counts: 1 is all of it. */
const TARGETS = { performance: 0.95, accessibility: 1, "best-practices": 1 } as const;
type Category = keyof typeof TARGETS;
const MOST_BYTES = 64 * 1024 * 1024;
/** Now and then Lighthouse misses where a page began, and asks to be run again. */
const RUN_AGAIN = "NO_NAVSTART";
const reportSchema = z.object({
  finalDisplayedUrl: z.url(),
  runtimeError: z.object({ code: z.string(), message: z.string() }).optional(),
  categories: z.record(
    z.string(),
    z.object({
      score: z.number().nullable(),
      auditRefs: z.array(z.object({ id: z.string(), weight: z.number() })),
    }),
  ),
  audits: z.record(
    z.string(),
    z.object({ title: z.string(), score: z.number().nullable(), numericValue: z.number().optional() }),
  ),
});
type Report = z.output<typeof reportSchema>;
const CATEGORIES = Object.keys(TARGETS) as Category[];

/**
 * What Lighthouse gives the main pages with the demo's 90 days behind them, on its slow phone (a 4× slower processor, slow
 * 4G, both simulated), of a signed-in owner: the median of the rounds. Nothing but this machine is asked.
 */
export async function run(bench: BenchContext): Promise<{ ratios: Ratio[] }> {
  const app = await startApp(bench, { demo: true });
  const port = await freePort();
  const executablePath = systemChromium();
  const browser = await chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: [...CHROMIUM_ARGS, `--remote-debugging-port=${port}`],
  });
  try {
    const { userId, pages } = await pagesOf(bench);
    const cookie = await signedIn(userId);
    const ratios: Ratio[] = [];
    for (const [page, path] of Object.entries(pages)) {
      const seen: Report[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        seen.push(await audit(`${app.base}${path}`, port, page === "landing" ? null : cookie));
      }
      for (const category of CATEGORIES) {
        const scores = seen.map(({ categories }) => categories[category]?.score ?? 0);
        ratios.push({
          name: `${page}: ${category}`,
          ratio: median(scores),
          target: TARGETS[category],
          better: "higher",
          as: "share",
        });
      }
      bench.say(`${page}: ${facts(seen)}`);
      for (const line of faults(seen)) bench.say(`  ${line}`);
    }
    return { ratios };
  } finally {
    await browser.close();
    await app.stop();
  }
}

/** Its own program, for it keeps marks of the pages it has seen. @throws when it saw another page than it was sent to */
async function audit(url: string, port: number, cookie: string | null): Promise<Report> {
  const look = async () => {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [
        join(ROOT, "node_modules/lighthouse/cli/index.js"),
        url,
        `--port=${port}`,
        "--output=json",
        "--quiet",
        "--no-enable-error-reporting",
        `--only-categories=${CATEGORIES.join(",")}`,
        ...(cookie ? [`--extra-headers=${JSON.stringify({ cookie })}`] : []),
      ],
      { maxBuffer: MOST_BYTES },
    ).catch((error: { stdout?: string }) => {
      // A report with an error in it ends as a failure.
      if (error.stdout) return { stdout: error.stdout };
      throw error;
    });
    return reportSchema.parse(JSON.parse(stdout));
  };
  let report = await look();
  if (report.runtimeError?.code === RUN_AGAIN) report = await look();
  if (report.runtimeError) throw new Error(`Lighthouse could not look at ${url}: ${report.runtimeError.message}`);
  if (new URL(report.finalDisplayedUrl).pathname !== new URL(url).pathname) {
    throw new Error(`${url} led to ${report.finalDisplayedUrl}`);
  }
  return report;
}

/** The main pages of the demo's team, each full of what its 90 days left. */
async function pagesOf({ superuserPool }: BenchContext) {
  const { rows } = await superuserPool.query<{ user: string; slug: string; list: string; category: string }>(
    `select u.id as user, t.slug, w.id as list, i.category_id as category
     from user_account u join membership m on m.user_id = u.id join team t on t.id = m.team_id
     join watchlist w on w.team_id = t.id join watch_item i on i.team_id = t.id and i.watchlist_id = w.id
     where u.email = $1 and i.region = 'US' order by w.name, i.category_id limit 1`,
    [OWNER],
  );
  const [found] = rows;
  if (!found) throw new Error("The demo has no watchlist.");
  const team = `/t/${found.slug}`;
  return {
    userId: found.user,
    pages: {
      landing: "/",
      home: team,
      explore: `${team}/explore?region=US&window=7`,
      category: `${team}/categories/${found.category}?region=US&window=7`,
      watchlist: `${team}/watchlists/${found.list}`,
      credits: `${team}/credits`,
      schedules: `${team}/schedules`,
    },
  };
}

function facts(seen: Report[]): string {
  const of = (audit: string) => median(seen.map(({ audits }) => audits[audit]?.numericValue ?? Number.NaN));
  const ms = (audit: string) => `${Math.round(of(audit))} ms`;
  const moved = of("cumulative-layout-shift").toFixed(3);
  return `first paint ${ms("first-contentful-paint")}, largest ${ms("largest-contentful-paint")}, blocked ${ms("total-blocking-time")}, shift ${moved}`;
}

/** What keeps the page from the whole score, where that is no matter of time. */
function faults(seen: Report[]): string[] {
  return (["accessibility", "best-practices"] as const).flatMap((category) =>
    (seen.at(-1)?.categories[category]?.auditRefs ?? []).flatMap(({ id, weight }) => {
      const audit = seen.at(-1)?.audits[id];
      return weight > 0 && audit && audit.score !== null && audit.score < 1 ? [`${category}: ${audit.title}`] : [];
    }),
  );
}
