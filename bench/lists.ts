import { type BrowserContext, chromium, type Page } from "@playwright/test";
import { signedIn } from "@/lib/testing/api-call";
import { makeTeam } from "@/lib/testing/factories";
import { FULL_CATEGORY, fillInsights } from "@/lib/testing/large-insights";
import { fillLongTables } from "@/lib/testing/long-tables";
import { CHROMIUM_ARGS, systemChromium } from "@/scripts/chromium.mjs";
import { startApp } from "./runner/app";
import type { BenchContext, Ratio } from "./runner/bench";
import { inTurn } from "./runner/measure";

export const name = "lists";

const ROWS = 10_000;
const ROUNDS = 7;
/** A task that is longer keeps a person waiting for what they pressed. */
const LONG_TASK_MS = 50;
const PAGES = {
  searches: "searches",
  watchlists: "watchlists",
  schedules: "schedules",
  "alert rules": "alerts",
  members: "settings/members",
  limits: "settings/limits",
  tokens: "settings/tokens",
  names: "settings/names",
  imports: "settings/imports",
  webhooks: "settings/webhooks",
} as const;
const SERIES = "region=US&window=7&span=all";
/** What another team looks at, which has that much of one category, of members and of requests. */
const INSIGHTS = {
  "a category": `categories/${FULL_CATEGORY}?${SERIES}&answers=all`,
  "a comparison": `compare?categories=${FULL_CATEGORY}&regions=US&window=7&span=all&rows=all`,
  credits: "credits?by=member",
  "a statement": "credits/statement",
  savings: "credits/savings",
  "requests to confirm": "credits/unsettled",
  "changes of the provider": "alerts/provider",
} as const;

/** Where the whole is put together before a page of it is cut: that takes its time, which is told and has no bar. */
const WHOLES = new Set(["schedules", "a category", "credits", "a statement", "savings"]);

/**
 * The pages of teams that have 10,000 of everything, against an empty page of the same application: over HTTP, signed in,
 * in turn. Then the longest task while each is scrolled through in Chromium, against the 50 ms from which a press is felt
 * to wait.
 */
export async function run(bench: BenchContext): Promise<{ ratios: Ratio[] }> {
  const { superuserPool, say } = bench;
  const { team, member } = await makeTeam();
  await fillLongTables(superuserPool, { teamId: team.id, memberId: member.id, userId: member.userId }, ROWS);
  const other = await makeTeam();
  await fillInsights(superuserPool, other.team.id, ROWS);
  const cookies = { lists: await signedIn(member.userId), insights: await signedIn(other.member.userId) };
  const app = await startApp(bench);
  const executablePath = systemChromium();
  const browser = await chromium.launch({ ...(executablePath ? { executablePath } : {}), args: CHROMIUM_ARGS });
  try {
    const ratios: Ratio[] = [];
    const looked = [
      ...Object.entries(PAGES).map(([what, path]) => ({ what, path, slug: team.slug, cookie: cookies.lists })),
      ...Object.entries(INSIGHTS).map(([what, path]) => ({
        what,
        path,
        slug: other.team.slug,
        cookie: cookies.insights,
      })),
    ];
    for (const { what, path, slug, cookie } of looked) {
      const at = `/t/${slug}/${path}`;
      const context = await browser.newContext({ extraHTTPHeaders: { cookie } });
      const empty = () => app.page(cookie, `/t/${slug}/notifications`, /<h1/);
      const turns = await inTurn(ROUNDS, () => app.page(cookie, at, /<(table|ul)/), empty);
      const longestMs = await longestTaskMs(context, `${app.base}${at}`);
      await context.close();
      say(
        `${what}: ${turns.ours.toFixed(0)} ms, an empty page ${turns.bare.toFixed(0)} ms; scrolled through, the longest task ${longestMs.toFixed(0)} ms`,
      );
      if (!WHOLES.has(what)) {
        ratios.push({ name: `${what} of ${ROWS} / an empty page`, ratio: turns.ratio, target: 5, better: "lower" });
      }
      ratios.push({
        name: `${what}, longest task / 50 ms`,
        ratio: longestMs / LONG_TASK_MS,
        target: 1,
        better: "lower",
      });
    }
    return { ratios };
  } finally {
    await browser.close();
    await app.stop();
  }
}

/** The longest task while a page is scrolled through from its top to its end; 0 when none was long enough to be told. */
async function longestTaskMs(context: BrowserContext, url: string): Promise<number> {
  const page = await context.newPage();
  try {
    await page.goto(url, { waitUntil: "networkidle" });
    return await scrolled(page);
  } finally {
    await page.close();
  }
}

/** No function in it has a name: what is sent to the page cannot bring along how names are kept here. */
const scrolled = (page: Page) =>
  page.evaluate(async () => {
    const tasks = [0];
    const observer = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) tasks.push(duration);
    });
    observer.observe({ type: "longtask" });
    for (let top = 0; top < document.documentElement.scrollHeight; top += 200) {
      window.scrollTo(0, top);
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    for (const { duration } of observer.takeRecords()) tasks.push(duration);
    observer.disconnect();
    return Math.max(...tasks);
  });
