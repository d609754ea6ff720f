import { expect, test } from "vitest";
import { buyPage } from "@/lib/insights/buy-page";
import { makeTeam } from "@/lib/testing/factories";
import { ask, explore, purchases } from "@/lib/testing/purchases";
import { json, wirePage, wireRow } from "@/lib/testing/scripted-upstream";
import { readSourceHours } from "./read-source-hours";

const given = purchases();

test("the hours at which the source changes are learned from answers less than a day apart, on the team's clock", async () => {
  const ctx = await makeTeam({ timeZone: "Asia/Kolkata" });
  let rows = 1;
  given.upstream.answer((_request, response) => json(response, 200, wirePage([wireRow(rows)])));
  const buyAt = async (moment: string, place: number) => {
    rows = place;
    await given.database.superuserPool.query(
      "update app_clock set offset_seconds = extract(epoch from $1 - clock_timestamp())",
      [moment],
    );
    await buyPage(ctx, ask({ maxAgeMinutes: 0 }), explore);
  };
  for (let day = 1; day <= 5; day += 1) {
    const date = `2027-01-0${day}`;
    await buyAt(`${date}T03:10:00Z`, day);
    if (day === 5) expect(await readSourceHours(ctx)).toBeNull();
    await buyAt(`${date}T04:50:00Z`, day + 1);
    await buyAt(`${date}T21:00:00Z`, day + 1);
  }
  expect(await readSourceHours(ctx)).toEqual({ fromMinute: 510, toMinute: 630, runHour: 11, observations: 5 });
});
