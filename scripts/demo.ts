import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { createRule } from "@/lib/alerts/create-rule";
import { evaluateAges } from "@/lib/alerts/evaluate-ages";
import { evaluateAnswers } from "@/lib/alerts/evaluate-answers";
import { readPreference } from "@/lib/alerts/read-preference";
import { savePreference } from "@/lib/alerts/save-preference";
import { alertRuleInputSchema } from "@/lib/alerts/schemas";
import type { TeamContext } from "@/lib/auth/context";
import { createAccount } from "@/lib/auth/create-account";
import type { Role } from "@/lib/auth/permissions";
import { contextOfMember } from "@/lib/auth/read-context";
import { signUpSchema } from "@/lib/auth/schemas";
import { readSummary } from "@/lib/credits/read-summary";
import { setLimit } from "@/lib/credits/set-limit";
import { buyPage } from "@/lib/insights/buy-page";
import { saveCategoryName } from "@/lib/insights/save-category-name";
import { type Answer, buyPageSchema, categoryNameInputSchema } from "@/lib/insights/schemas";
import { markRead } from "@/lib/notifications/mark-read";
import { db } from "@/lib/platform/db";
import { AppError } from "@/lib/platform/errors";
import type { Demo } from "@/lib/platform/runtime";
import { createSchedule } from "@/lib/schedules/create-schedule";
import { readSchedules } from "@/lib/schedules/read-schedules";
import { createScheduleSchema } from "@/lib/schedules/schemas";
import { addMember } from "@/lib/teams/add-member";
import { createTeamFor } from "@/lib/teams/create-team";
import { createTeamSchema } from "@/lib/teams/schemas";
import { useSandboxFor as chooseSandbox } from "@/lib/teams/use-sandbox";
import { addWatchItem } from "@/lib/tracking/add-watch-item";
import { backfillCategory } from "@/lib/tracking/backfill";
import { backfillCategorySchema } from "@/lib/tracking/backfill-schemas";
import { createNote } from "@/lib/tracking/create-note";
import { createSearch } from "@/lib/tracking/create-search";
import { createWatchlist } from "@/lib/tracking/create-watchlist";
import { executeRun } from "@/lib/tracking/execute-run";
import { createNoteSchema } from "@/lib/tracking/note-schemas";
import { readWatchlistItems } from "@/lib/tracking/read-watchlist-items";
import { refreshWatchlists } from "@/lib/tracking/refresh-watchlists";
import { runSearch } from "@/lib/tracking/run-search";
import {
  addWatchItemSchema,
  createSearchSchema,
  createWatchlistSchema,
  refreshTargetSchema,
  runOrderSchema,
} from "@/lib/tracking/schemas";
import { StartError } from "./start-error";

// `npm run demo`: a team with a past of 90 days, all of it bought from the sandbox through the real path while the
// application's clock goes from then to now. What was cut goes on with the day that was under way.

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const TEAM = { name: "Luma Trading (demo)", timeZone: "America/New_York", limit: 700 };

const WEEK_DAYS = 7;

type Person = "mia" | "wei" | "na" | "sam";
const PEOPLE: Record<Person, { name: string; role: Role; language: "en" | "zh-CN" }> = {
  mia: { name: "Mia Keller", role: "owner", language: "en" },
  wei: { name: "Chen Wei", role: "analyst", language: "zh-CN" },
  na: { name: "Li Na", role: "analyst", language: "zh-CN" },
  sam: { name: "Sam Ortiz", role: "viewer", language: "en" },
};
const emailOf = (person: Person) => `${person}@demo.example`;

/** Each list takes categories under these names from the first pages of its region, which are bought for it. */
const LISTS = [
  { by: "na", name: "Spring launch", region: "US", under: ["Beauty & Personal Care", "Health"] },
  {
    by: "wei",
    name: "Home & kitchen, UK",
    region: "GB",
    under: ["Home Supplies", "Kitchenware", "Household Appliances", "Furniture"],
  },
] as const;
const MOST_ITEMS = 8;

/** What the explorer of the team looks for, some of it again and again. */
const WORDS = ["perfume", "serum", "nail", "hair", "sunscreen", "storage", "lamp", "dress", "dog", "phone"];
const REGIONS = ["US", "GB", "DE", "MY", "TH"];

/** Kept beside the data: a later start tells the password again, and knows where the past begins and is made so far. */
type Saved = { password: string; startsAt: string; nextDay: number; made?: Made };
type Made = { slug: string; userIds: Record<Person, string>; searches: string[]; lists: string[] };

export type DemoOptions = {
  dataDir: string;
  ownerUrl: string;
  say: (line: string) => void;
  /** Of the past; 90 unless told otherwise. */
  days?: number;
};

/**
 * Makes the demo's team, or what is left to make of it. @returns how to sign in, its owner first
 * @throws StartError when the data is somebody's own
 */
export async function makeDemo(options: DemoOptions): Promise<Demo> {
  const { dataDir, ownerUrl, say, days = 90 } = options;
  const file = join(dataDir, "demo.json");
  const saved = readSaved(file) ?? (await begin(days));
  const save = () => {
    writeFileSync(`${file}.new`, JSON.stringify(saved), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  };
  const people = (Object.keys(PEOPLE) as Person[]).map((person) => {
    const { name, role } = PEOPLE[person];
    return { name, role, email: emailOf(person) };
  });
  const signIn = { password: saved.password, people };
  const start = Date.parse(saved.startsAt);
  if (saved.nextDay > days) return signIn;

  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  const setClock = (at: number) =>
    owner.query("update app_clock set offset_seconds = extract(epoch from $1::timestamptz - clock_timestamp())::int", [
      new Date(Math.min(at, Date.now())),
    ]);
  try {
    mkdirSync(dataDir, { recursive: true });
    save();
    await setClock(start);
    saved.made ??= await makeTeam(saved.password);
    save();
    for (; saved.nextDay <= days; saved.nextDay++) {
      save();
      if (saved.nextDay % 10 === 0) say(`Demo: buying its past from the sandbox, day ${saved.nextDay} of ${days}.`);
      await liveADay(saved.made, saved.nextDay, start + saved.nextDay * DAY_MS, setClock);
      await tryRules();
      await evaluateAges();
      // People read what they are told: what is unread at the end is of its last week.
      if (saved.nextDay === days - WEEK_DAYS) await readInboxes(saved.made);
    }
    await setClock(Date.now());
    await finish(saved.made);
    await tryRules();
    save();
  } finally {
    await owner.query("update app_clock set offset_seconds = 0");
    await owner.end();
  }
  return signIn;
}

async function readInboxes(made: Made): Promise<void> {
  for (const person of Object.keys(PEOPLE) as Person[]) await markRead(await by(made, person), { all: true });
}

/** Tries the rules on all that was stored since, as the worker does. */
async function tryRules(): Promise<void> {
  while ((await evaluateAnswers()).answers > 0);
}

function readSaved(file: string): Saved | null {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Saved;
  } catch {
    return null;
  }
}

/** Moving the clock would put other people's credits into the wrong month. */
async function begin(days: number): Promise<Saved> {
  const [first] = await db().$queryRaw<{ any: boolean }[]>`select has_any_account() as any`;
  if (first?.any) {
    throw new StartError(
      "There are accounts in this data already: set another DATA_DIR for the demo, such as .data-demo.",
    );
  }
  const startsAt = new Date(Date.now() - days * DAY_MS).toISOString();
  return { password: randomBytes(12).toString("base64url"), startsAt, nextDay: 1 };
}

const by = (made: Pick<Made, "slug" | "userIds">, person: Person): Promise<TeamContext> =>
  contextOfMember(made.slug, made.userIds[person], { address: null, userAgent: null }).then((ctx) => {
    if (!ctx) throw new Error(`${person} is not in the demo's team`);
    return ctx;
  });

async function makeTeam(password: string): Promise<Made> {
  const userIds = {} as Made["userIds"];
  for (const person of Object.keys(PEOPLE) as Person[]) {
    const { name, language } = PEOPLE[person];
    const email = emailOf(person);
    const there = await db().user.findUnique({ where: { email }, select: { id: true } });
    const input = signUpSchema.parse({ name, email, password, language });
    userIds[person] = (there ?? (await createAccount(input, { address: null }))).id;
  }
  const { id: teamId, slug } = await createTeamFor(userIds.mia, createTeamSchema.parse(TEAM));
  for (const person of ["wei", "na", "sam"] as const) {
    await addMember({ teamId, email: emailOf(person), role: PEOPLE[person].role });
  }
  await chooseSandbox(teamId);
  await setLimit({ teamId, memberId: null, credits: TEAM.limit });
  const made = { slug, userIds };
  const mia = await by(made, "mia");
  const searches = [
    { name: "Top 40, US, weekly", region: "US", window: "7", pages: 2, tags: ["core"] },
    { name: "Whole market, Germany", region: "DE", window: "30", pages: 3, tags: ["expansion"] },
  ];
  const searchIds: string[] = [];
  for (const search of searches) searchIds.push((await createSearch(mia, createSearchSchema.parse(search))).id);
  const lists: string[] = [];
  for (const { by: person, name, region, under } of LISTS) {
    const ctx = await by(made, person);
    const { id } = await createWatchlist(ctx, createWatchlistSchema.parse({ name }));
    const rows = [];
    for (const page of [1, 2, 3]) rows.push(...((await explore(ctx, { region, page }))?.snapshot.rows ?? []));
    const chosen = rows.filter(({ path }) => under.some((top) => top === path[0])).slice(0, MOST_ITEMS);
    for (const { categoryId } of chosen) {
      if (categoryId) await addWatchItem(ctx, id, addWatchItemSchema.parse({ categoryId, region }));
    }
    lists.push(id);
  }
  await makeRules(made, searchIds, lists);
  return { ...made, searches: searchIds, lists };
}

/** What the team wants to be told: each a sentence of somebody, and its owner hears of all of them. */
async function makeRules(made: Pick<Made, "slug" | "userIds">, searches: string[], lists: string[]): Promise<void> {
  const [top = ""] = searches;
  const [launch = "", home = ""] = lists;
  const week = 7 * 24;
  const rules: [Person, object][] = [
    [
      "na",
      {
        name: "Launch items take off",
        condition: "rises_by",
        metric: "posts",
        value: 25,
        against: "week",
        watchlistId: launch,
        cooldownHours: week,
      },
    ],
    [
      "na",
      {
        name: "Cheaper conversions",
        condition: "falls_by",
        metric: "cpa",
        value: 20,
        against: "week",
        watchlistId: launch,
        cooldownHours: week,
      },
    ],
    [
      "wei",
      { name: "英国家居异动", condition: "unusual", metric: "posts", value: 3, watchlistId: home, cooldownHours: week },
    ],
    ["wei", { name: "", condition: "older_than", value: 10, watchlistId: home }],
    ["mia", { name: "Into the top 10", condition: "enters_top", value: 10, searchId: top, cooldownHours: 2 * week }],
    ["mia", { name: "New in the top 40", condition: "is_new", searchId: top, cooldownHours: 4 * week }],
  ];
  for (const [person, rule] of rules) await createRule(await by(made, person), alertRuleInputSchema.parse(rule));
  const mia = await by(made, "mia");
  await savePreference(mia, { ...(await readPreference(mia)), hears: "all" });
}

/** One question to the sandbox; null when it was refused or failed, as some are. */
async function explore(ctx: TeamContext, question: object): Promise<Answer | null> {
  const input = buyPageSchema.parse({ window: "7", ...question });
  try {
    return await buyPage(ctx, input, { idempotencyKey: null, purpose: "explore", confirmed: true });
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

/** Works a run off at once; nobody else is there to do it. */
async function work(ctx: TeamContext, answer: object): Promise<void> {
  if ("runId" in answer) await executeRun(ctx.team.id, String(answer.runId), new AbortController().signal);
}

/** What the team does on one day, in the hours before `evening`; the same for each making. */
async function liveADay(made: Made, day: number, evening: number, setClock: (at: number) => Promise<unknown>) {
  const weekday = new Date(evening).getUTCDay();
  await setClock(evening - 7 * HOUR_MS);
  await takeNotes(made, day, evening);
  if (weekday === 0 || weekday === 6) return;
  const isMonday = weekday === 1;
  const [mia, na, wei] = await Promise.all([by(made, "mia"), by(made, "na"), by(made, "wei")]);
  const order = runOrderSchema.parse({ confirmed: true });

  await setClock(evening - 6 * HOUR_MS);
  const [top = "", market = ""] = made.searches;
  await work(mia, await runSearch(mia, top, order));
  if (isMonday) await work(mia, await runSearch(mia, market, order));
  await setClock(evening - 5 * HOUR_MS);
  const [launch = "", home = ""] = made.lists;
  const renew = async (ctx: TeamContext, list: string) =>
    work(ctx, await refreshWatchlists(ctx, refreshTargetSchema.parse({ watchlists: [list] }), order));
  if (isMonday || weekday === 4) await renew(na, launch);
  if (weekday === 2) await renew(wei, home);

  const dice = (sides: number, turn: number) => ((day * 7919 + turn * 104_729) % 10_007) % sides;
  for (let turn = 0; turn < dice(6, 0); turn++) {
    await setClock(evening - (4 - turn / 2) * HOUR_MS);
    const ctx = turn === 3 ? na : wei;
    const [region, q] = [REGIONS[dice(REGIONS.length, turn + 1)], WORDS[dice(WORDS.length, turn + 9)]];
    await explore(ctx, { region, ...(dice(3, turn + 17) === 0 ? {} : { q }) });
  }
}

/** What the team wrote down, by day: of which item of its first list, and in how many days it looks again. */
const NOTES: Record<number, { nth: number; kind: string; text: string; again: number }> = {
  21: {
    nth: 0,
    kind: "entered",
    text: "CPA is low for what it shows, and two suppliers can ship. We start small.",
    again: 42,
  },
  50: { nth: 3, kind: "dropped", text: "Too many posts for too few conversions. 竞争太激烈，先撤。", again: 30 },
  86: { nth: 5, kind: "watching", text: "Rises every week since the new year.", again: 14 },
};

async function takeNotes(made: Made, day: number, evening: number): Promise<void> {
  const note = NOTES[day];
  if (!note) return;
  const ctx = await by(made, "na");
  const { items } = await readWatchlistItems(ctx, made.lists[0] ?? "");
  const { categoryId } = items[note.nth] ?? {};
  if (!categoryId) return;
  const { kind, text, again } = note;
  const recheckOn = new Date(evening + again * DAY_MS).toISOString().slice(0, 10);
  await createNote(ctx, categoryId, createNoteSchema.parse({ kind, text, region: LISTS[0].region, recheckOn }));
}

/** The months before, the names that the team uses, and a member who has almost spent what is theirs. */
async function finish(made: Made): Promise<void> {
  const na = await by(made, "na");
  const { items } = await readWatchlistItems(na, made.lists[0] ?? "");
  const [first, second] = items;
  if (first) {
    const months = backfillCategorySchema.parse({ region: first.region, months: 3, confirmed: true });
    await work(na, await backfillCategory(na, first.categoryId, months));
    await saveCategoryName(
      na,
      first.categoryId,
      categoryNameInputSchema.parse({ name: "主推一号", aliases: ["hero"] }),
    );
  }
  if (second) await saveCategoryName(na, second.categoryId, categoryNameInputSchema.parse({ name: "备选款" }));
  const mia = await by(made, "mia");
  await makeSchedules(made);
  const { groups } = await readSummary(mia, { groupBy: "member" });
  const wei = groups.find(({ name }) => name === PEOPLE.wei.name);
  const credits = Math.max(20, Math.ceil((wei?.spent ?? 0) * 1.05) + 2);
  await setLimit({ teamId: mia.team.id, memberId: (await by(made, "wei")).member.id, credits });
}

/** From today on, what people did by hand happens by itself. */
async function makeSchedules(made: Made): Promise<void> {
  const [top] = made.searches;
  const [launch, home] = made.lists;
  const rules: [Person, object][] = [
    ["mia", { searchId: top, cadence: "weekdays", hour: 9 }],
    ["na", { watchlistId: launch, cadence: "weekly", weekDay: 1, hour: 10 }],
    ["wei", { watchlistId: home, cadence: "weekly", weekDay: 2, hour: 10 }],
  ];
  for (const [person, rule] of rules) {
    const ctx = await by(made, person);
    const schedule = createScheduleSchema.parse(rule);
    const { items } = await readSchedules(ctx);
    const is = ({ searchId, watchlistId }: { searchId: string | null; watchlistId: string | null }) =>
      searchId === (schedule.searchId ?? null) && watchlistId === (schedule.watchlistId ?? null);
    if (!items.some(is)) await createSchedule(ctx, schedule);
  }
}
