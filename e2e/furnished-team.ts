import { type APIRequestContext, expect } from "@playwright/test";
import { withDatabase } from "./database";
import { buy } from "./people";
import { fault } from "./sandbox";

/** What people call their things; each within what its field takes. */
export type Names = { thing: string; tag: string; text: string; q: string };

export const USUAL: Names = { thing: "Spring launch", tag: "spring", text: "Looks good.", q: "perfume" };

const WIDE = "Wochenübersichtstabellenkategorienamensverzeichnis0123456789_ohne_eine_Lücke_darin_";
/** No place to break a line, several scripts, one of them from right to left, and signs of several code points. */
export const LONG: Names = {
  thing: `${WIDE.slice(0, 56)}夏季防晒美妆个护عربي👩‍💻`,
  tag: "eintagohneeineeinzigelücke夏季防",
  text: `${WIDE.repeat(3)} 夏季防晒美妆个护套装清单${"مستحضرات".repeat(8)} 👩‍💻👨‍👩‍👧‍👦`,
  q: WIDE.slice(0, 78),
};

const WEEK = "2026-01-05";

/** Puts something of every kind into a team on the sandbox; ids by the part of the address that stands before them. */
export async function furnish(
  request: APIRequestContext,
  { id: teamId, slug }: { id: string; slug: string },
  { thing, tag, text, q }: Names,
): Promise<Record<string, string>> {
  const send = async (method: string, path: string, data: object) => {
    const response = await request.fetch(`/api/v1/${path}?team=${slug}`, { method, data });
    expect(response.ok(), `${method} ${path}: ${await response.text()}`).toBe(true);
    return response.status() === 204 ? {} : response.json();
  };
  const post = async (path: string, data: object): Promise<string> => (await send("POST", path, data)).id;
  const question = { region: "US", window: "7" };
  const first = await buy(request, slug, question);
  const [row, other] = first.body.snapshot.rows as { categoryId: string }[];
  const category = row?.categoryId ?? "";
  await buy(request, slug, { ...question, q });
  const second = await buy(request, slug, { ...question, page: 2 });
  const leaves = { condition: "leaves_top", value: 21, categoryId: second.body.snapshot.rows[0].categoryId };
  const webhooks = await post("webhooks", hook(thing));
  const rules = await post("alerts/rules", { ...leaves, ...question, name: thing, webhookIds: [webhooks] });
  const [searches, watchlists] = [
    await post("searches", { name: thing, ...question, q, pages: 2, tags: [tag, `${tag}2`], notes: text }),
    await post("watchlists", { name: thing, notes: text }),
  ];
  for (const categoryId of [category, other?.categoryId]) {
    const item = { categoryId, region: "US", tags: [tag, `${tag}2`], note: text };
    await send("POST", `watchlists/${watchlists}/items`, item);
  }
  const schedules = await post("schedules", { searchId: searches, cadence: "daily", hour: 9 });
  await post("schedules", { watchlistId: watchlists, cadence: "weekly", weekDay: 1, hour: 9 });
  await post("tokens", { name: thing, scope: "read+spend", limitCredits: 10 });
  await post("invitations", { role: "viewer", email: `${"guest".repeat(10)}@${"example".repeat(7)}.com` });
  await post(`categories/${category}/notes`, {
    text,
    ...question,
    kind: "watching",
    decidedOn: "2026-01-01",
    recheckOn: WEEK,
  });
  await send("PUT", `categories/${other?.categoryId}/name`, { name: thing, aliases: [thing, `${q}2`] });
  await post(`categories/${category}/own-numbers`, {
    region: "US",
    month: "2026-01",
    ctrPct: 1.5,
    cpa: 5,
    currency: "USD",
  });
  await send("POST", "imports", {
    name: `${thing}.csv`,
    text: `Month,Category,CPA\n2026-01,${category},5`,
    region: "US",
  });
  // A row of the page before comes first, so that another leaves the top; then an answer that breaks off, and one in
  // another unit.
  await fault(teamId, "duplicate-row");
  await buy(request, slug, { ...question, page: 2, maxAgeMinutes: 0 });
  await fault(teamId, "truncated-json");
  await buy(request, slug, { ...question, region: "GB" });
  await buy(request, slug, { region: "US", window: "30" });
  await fault(teamId, "other-unit");
  await buy(request, slug, { region: "US", window: "30", maxAgeMinutes: 0 });
  await send("PUT", "credits/limits", { team: 24, memberDefault: 20, schedules: 6 });
  await post("credits/limit-requests", { credits: 50, note: text.slice(0, 200) });
  await send("POST", "credits/balance", { kind: "stated", credits: 1000 });
  const { coming } = await (await request.get(`/api/v1/reviews?team=${slug}`)).json();
  const sent =
    "insert into weekly_review (team_id, week, comment, facts, sent_at, readers) values ($1, $2, $3, $4, now(), 1)";
  await withDatabase((pool) => pool.query(sent, [teamId, WEEK, text, coming.facts]));
  const alerts = await told(request, slug);
  const ids = { categories: category, receipts: first.body.snapshot.receipt.id, searches, watchlists, schedules };
  return { ...ids, rules, webhooks, alerts, review: WEEK };
}

const hook = (name: string) => ({ name, language: "en", format: "json", url: "http://127.0.0.1:9/hook", limits: true });

/** The worker tries rules: the alert comes by itself. */
async function told(request: APIRequestContext, slug: string): Promise<string> {
  let id = "";
  await expect
    .poll(
      async () => {
        const { items } = await (await request.get(`/api/v1/alerts?team=${slug}`)).json();
        id = items[0]?.id ?? "";
        return id;
      },
      { timeout: 30_000, intervals: [250] },
    )
    .not.toBe("");
  return id;
}
