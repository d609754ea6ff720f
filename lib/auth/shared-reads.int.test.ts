import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Tx } from "@/lib/platform/db";
import { testDatabase } from "@/lib/testing/database";
import { makeTeam } from "@/lib/testing/factories";
import { type TeamContext, withTeam, withTeamAlone } from "./context";
import { shareReads } from "./shared-reads";

let database: Awaited<ReturnType<typeof testDatabase>>;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database?.drop());

/** In which transaction something is read, and of which team. */
const transaction = async (tx: Tx) => {
  const [row] = await tx.$queryRaw<{ place: string }[]>`
    select pg_backend_pid() || ' ' || now() || ' ' || current_setting('app.team') as place`;
  return row?.place;
};
const read = (ctx: TeamContext) => withTeam(ctx, "tracking:read", transaction);

describe("what a page reads", () => {
  test("is read in one transaction when it is read at the same time, of each team in its own", async () => {
    const [ctx, other] = [shareReads(await makeTeam()), shareReads(await makeTeam())];
    const [one, two, three, foreign] = await Promise.all([read(ctx), read(ctx), read(ctx), read(other)]);
    expect([two, three]).toEqual([one, one]);
    expect(one).toContain(ctx.team.id);
    expect(foreign).toContain(other.team.id);
  });

  test("goes on in the same transaction with what is read next, and in a new one once nobody reads", async () => {
    const ctx = shareReads(await makeTeam());
    const first = await read(ctx);
    const next = await read(ctx);
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    expect(next).toBe(first);
    expect(await read(ctx)).not.toBe(first);
  });

  test("changes nothing: PostgreSQL refuses", async () => {
    const ctx = shareReads(await makeTeam());
    const rename = (permission: "tracking:read" | "team:write") =>
      withTeam(ctx, permission, (tx) => tx.team.updateMany({ where: { id: ctx.team.id }, data: { name: "Renamed" } }));
    await expect(rename("tracking:read")).rejects.toThrow(/read-only/);
    const alone = withTeamAlone(ctx, "tracking:read", (tx) => tx.team.deleteMany({ where: { id: ctx.team.id } }));
    await expect(alone).rejects.toThrow(/read-only/);
    // After a failed statement the next reads begin anew, and a verb that may write has a transaction of its own.
    expect(await read(ctx)).toContain(ctx.team.id);
    expect(await rename("team:write")).toEqual({ count: 1 });
  });

  test("fails together, and only what was read together", async () => {
    const [ctx, other] = [shareReads(await makeTeam()), shareReads(await makeTeam())];
    const failing = withTeam(ctx, "tracking:read", (tx) => tx.$queryRaw`select 1 / 0`);
    const [failed, beside] = await Promise.allSettled([failing, read(other)]);
    expect(failed.status).toBe("rejected");
    expect(beside.status).toBe("fulfilled");
    await expect(read(ctx)).resolves.toContain(ctx.team.id);
  });
});
