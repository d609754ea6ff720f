import { beforeAll, describe, expect, test } from "vitest";
import { GET, POST } from "@/app/api/v1/categories/[id]/notes/route";
import { asTeam, type TeamContext } from "@/lib/auth/context";
import { ROLES } from "@/lib/auth/permissions";
import { buyPage } from "@/lib/insights/buy-page";
import { readNotifications } from "@/lib/notifications/read-notifications";
import { Prisma } from "@/lib/platform/db";
import { callApi, signedIn } from "@/lib/testing/api-call";
import { makeMember, makeTeam } from "@/lib/testing/factories";
import { ask, explore, purchases } from "@/lib/testing/purchases";
import { json, wirePage, wireRow } from "@/lib/testing/scripted-upstream";
import { createNote } from "./create-note";
import { deleteNote } from "./delete-note";
import { notesQuery } from "./note-rows";
import { createNoteSchema } from "./note-schemas";
import { readNotes } from "./read-notes";
import { remindOfNotes } from "./remind-of-notes";
import { updateNote } from "./update-note";

const given = purchases();
// What is stored never changes, but these tests need a past.
beforeAll(() =>
  given.database.superuserPool.query(
    "alter table ranking_row disable trigger user; alter table snapshot disable trigger user",
  ),
);

const DAY_MS = 86_400_000;
const dayBack = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10);

/** Category 91 is bought as if it had been fetched so many days ago. */
async function bought(ctx: TeamContext, daysBack: number, over: Record<string, unknown>, question: object = {}) {
  given.upstream.answer((_request, response) => json(response, 200, wirePage([wireRow(1, over)])));
  const { snapshot } = await buyPage(ctx, ask({ maxAgeMinutes: 0, ...question }), explore);
  const at = new Date(Date.now() - daysBack * DAY_MS);
  for (const update of [
    "ranking_row set fetched_at = $1 where snapshot_id = $2",
    "snapshot set fetched_at = $1 where id = $2",
  ]) {
    await given.database.superuserPool.query(`update ${update}`, [at, snapshot.id]);
  }
}
const input = (over: object = {}) =>
  createNoteSchema.parse({ kind: "entered", text: "CPA is low", region: "US", decidedOn: dayBack(10), ...over });
async function learned(): Promise<TeamContext> {
  const ctx = await makeTeam();
  await bought(ctx, 0, {});
  return ctx;
}
const mistake = (path: string, message: string) => ({
  code: "invalid_request",
  details: { errors: [{ path, message }] },
});

describe("a note", () => {
  test("tells what is stored from its day or before, and what lies a whole window later", async () => {
    const ctx = await makeTeam();
    await bought(ctx, 20, { post: 100, cpa: 9 });
    await bought(ctx, 11, { post: 1000, cpa: 5 });
    await bought(ctx, 6, { post: 1100, cpa: 7 });
    const note = await createNote(ctx, "91", input());
    expect(note).toMatchObject({ before: { figures: { posts: 1000, cpa: 5 } }, after: null, isDue: false });
    await bought(ctx, 3, { post: 1300, cpa: 4 });
    const [now] = (await readNotes(ctx, "91")).items;
    expect(now).toMatchObject({ before: { figures: { posts: 1000 } }, after: { figures: { posts: 1300, cpa: 4 } } });
  });

  test("says that nobody can know where nothing is stored from before", async () => {
    const ctx = await makeTeam();
    await bought(ctx, 3, {});
    expect(await createNote(ctx, "91", input())).toMatchObject({ before: null, after: null });
    expect(await createNote(ctx, "91", input({ region: "GB" }))).toMatchObject({ before: null, after: null });
  });

  test("of calendar months compares a month that was over with the newest later one", async () => {
    const ctx = await makeTeam();
    for (const [window, cpa] of [
      ["2026-07", 1],
      ["2026-08", 2],
      ["2026-09", 3],
      ["2026-10", 4],
    ] as const) {
      await bought(ctx, 0, { cpa }, { window });
    }
    const note = await createNote(ctx, "91", input({ window: "2026-09", decidedOn: "2026-09-15" }));
    expect(note).toMatchObject({
      window: "month",
      before: { window: "2026-08", figures: { cpa: 2 } },
      after: { window: "2026-10", figures: { cpa: 4 } },
    });
  });

  test("needs a known category, a reason, a day that has come and a later one to look again", async () => {
    const ctx = await learned();
    await expect(createNote(ctx, "404404", input())).rejects.toMatchObject({ code: "not_found" });
    const future = createNote(ctx, "91", input({ decidedOn: dayBack(-2) }));
    await expect(future).rejects.toMatchObject(mistake("decidedOn", "note_decided_future"));
    const early = createNote(ctx, "91", input({ recheckOn: dayBack(10) }));
    await expect(early).rejects.toMatchObject(mistake("recheckOn", "note_recheck_early"));
    const call = {
      cookie: await signedIn(ctx.member.userId),
      query: { team: ctx.team.slug },
      params: { id: "91" },
    };
    const answer = await callApi(POST, { ...call, method: "POST", json: { text: "  ", region: "US" } });
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ path: "text", message: "Say why." }] } });
    const made = await callApi(POST, { ...call, method: "POST", json: { text: "why", region: "US", recheckOn: "" } });
    expect(made).toMatchObject({ status: 201, body: { kind: "note", recheckOn: null, window: "7" } });
    expect(await callApi(GET, call)).toMatchObject({ status: 200, body: { items: [{ text: "why" }] } });
  });

  test.each(ROLES)("is changed and deleted by its maker, admins and owners: tried as %s", async (role) => {
    const owner = await learned();
    const [maker, other] = [await makeMember(owner, "analyst"), await makeMember(owner, role)];
    const { id: noteId } = await createNote(maker, "91", input());
    const place = { categoryId: "91", noteId };
    expect((await readNotes(other, "91")).items).toHaveLength(1);
    const may = role === "admin" || role === "owner";
    const change = () => updateNote(other, place, { text: "changed" });
    if (may) expect(await change()).toMatchObject({ text: "changed", version: 2, maker: { id: maker.member.id } });
    else await expect(change()).rejects.toMatchObject({ code: "forbidden" });
    const stale = updateNote(maker, place, { text: "mine", version: 9 });
    await expect(stale).rejects.toMatchObject({ code: "conflict", details: { reason: "edited_meanwhile" } });
    if (!may) await expect(deleteNote(other, place)).rejects.toMatchObject({ code: "forbidden" });
    await deleteNote(may ? other : maker, place);
    expect((await readNotes(owner, "91")).items).toEqual([]);
    const { rows } = await given.database.superuserPool.query(
      "select action from audit_entry where team_id = $1 and action like 'category.note%' order by at, id",
      [owner.team.id],
    );
    expect(rows.map(({ action }) => action)).toEqual([
      "category.noted",
      ...(may ? ["category.note_changed"] : []),
      "category.note_deleted",
    ]);
  });
});

describe("the day to look again", () => {
  test("tells the maker once when it has come, anew for another day, and admins when the maker has left", async () => {
    const owner = await learned();
    const maker = await makeMember(owner, "analyst");
    const kinds = async (ctx: TeamContext) =>
      (await readNotifications(ctx)).items.filter(({ kind }) => kind === "recheck_due");
    const { id: noteId } = await createNote(maker, "91", input({ recheckOn: dayBack(1) }));
    await createNote(maker, "91", input({ recheckOn: dayBack(-5) }));
    await Promise.all([remindOfNotes(), remindOfNotes()]);
    expect(await kinds(maker)).toMatchObject([
      {
        facts: { categoryId: "91", categoryName: "Category 1", kind: "entered" },
        link: expect.stringContaining("/categories/91?"),
      },
    ]);
    expect(await kinds(owner)).toEqual([]);
    await remindOfNotes();
    expect(await kinds(maker)).toHaveLength(1);
    expect((await readNotes(owner, "91")).items.map(({ isDue }) => isDue).sort()).toEqual([false, true]);

    await updateNote(maker, { categoryId: "91", noteId }, { recheckOn: dayBack(0) });
    await asTeam(owner.team.id, (tx) =>
      tx.membership.update({
        where: { teamId_id: { teamId: owner.team.id, id: maker.member.id } },
        data: { removedAt: new Date() },
      }),
    );
    await remindOfNotes();
    expect(await kinds(owner)).toHaveLength(1);
    expect((await readNotes(owner, "91")).items.map(({ maker: by }) => by)).toEqual([null, null]);
  });
});

test("notes look their figures up by the ranking rows' index", async () => {
  const ctx = await learned();
  await createNote(ctx, "91", input());
  await given.database.superuserPool.query(
    `set session_replication_role = replica;
     insert into ranking_row (team_id, snapshot_id, place, position, upstream, category_id, region, "window", fetched_at)
     select '${ctx.team.id}', gen_random_uuid(), 1, 1, 'sandbox', (n % 300)::text, 'US', (array['7', '30', '2026-10'])[n % 3 + 1],
       now() - n * interval '10 minutes' from generate_series(1, 30000) n;
     set session_replication_role = origin;
     analyze ranking_row; analyze category_note`,
  );
  const plan = await asTeam(ctx.team.id, (tx) =>
    tx.$queryRaw<Record<string, string>[]>(Prisma.sql`explain ${notesQuery(ctx.team, "91")}`),
  );
  const scans = plan.map((line) => line["QUERY PLAN"] ?? "").filter((line) => /Scan.* on ranking_row/.test(line));
  expect(scans).toHaveLength(4);
  for (const scan of scans) expect(scan).toMatch(/ranking_row_team_id_upstream/);
});
