import { expect, test } from "vitest";
import { asTeam } from "@/lib/auth/context";
import { makeTeam } from "@/lib/testing/factories";
import { purchases } from "@/lib/testing/purchases";
import { Prisma } from "./db";

purchases();

test("a read is prepared once for its connection; what writes, and what differs with the number of its values, is not", async () => {
  const { team } = await makeTeam();
  await asTeam(team.id, async (tx) => {
    const prepared = async (text: string) => {
      const rows = await tx.$queryRaw<{ times: number }[]>`
        select (generic_plans + custom_plans)::int as times from pg_prepared_statements
        where name like 'read\\_%' and statement like ${`%${text}%`} and statement not like '%pg_prepared_statements%'`;
      return rows.map(({ times }) => times);
    };
    const read = (id: string) => tx.$queryRaw`select slug as once_and_again from team where id = ${id}::uuid`;
    for (let time = 0; time < 3; time += 1) await read(team.id);
    expect(await prepared("once_and_again")).toEqual([3]);

    await tx.$queryRaw`update team set name = name where id = ${team.id}::uuid returning slug as a_write`;
    const many = Prisma.join(Array.from({ length: 41 }, (_, index) => index));
    await tx.$queryRaw`select slug as a_list from team where length(slug) in (${many})`;
    expect(await prepared("a_write")).toEqual([]);
    expect(await prepared("a_list")).toEqual([]);
  });
});
