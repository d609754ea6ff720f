import { readXlsx } from "hucre/xlsx";
import { describe, expect, test } from "vitest";
import { AppError } from "@/lib/platform/errors";
import { callApi } from "@/lib/testing/api-call";
import { apiRoute } from "./api-route";
import { asWorkbook, CSV, tableFile } from "./table-file";

const columns = [{ key: "credits", value: (row: number) => row }];

/** Batches without an end, that remember how many were asked for and whether somebody said to stop. */
function endless() {
  const seen = { asked: 0, stopped: false };
  async function* batches() {
    try {
      for (;;) {
        seen.asked += 1;
        yield [seen.asked];
      }
    } finally {
      seen.stopped = true;
    }
  }
  return { seen, batches: batches() };
}

const answering = (run: () => Promise<Response>) =>
  apiRoute({ summary: "Gives a file", public: true, response: null, file: CSV, run });

describe("a file as an answer", () => {
  test("is named for saving, never cached, and has its words in the caller's language", async () => {
    const route = answering(async () =>
      tableFile({ locale: "zh-CN", as: "csv" }, ["ledger", "luma-x", undefined, "2026-11-01"], columns, [[2]]),
    );
    const answer = await callApi(route);
    expect(answer.text).toBe("credits\r\n积分\r\n2\r\n");
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": 'attachment; filename="nichebook-ledger-luma-x-2026-11-01.csv"',
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    });
  });

  test("has a name that no header or file system can misread, whatever the parts are", async () => {
    const response = await tableFile(
      { locale: "en", as: "csv" },
      ['a"b\r\n\0', "../../etc", "团队", `c;d=${"x".repeat(400)}`],
      columns,
      [],
    );
    const [, name = ""] = /^attachment; filename="(.*)"$/.exec(response.headers.get("content-disposition") ?? "") ?? [];
    expect(name).toMatch(/^nichebook-a-b-etc-c-d-x+\.csv$/);
    expect(name.length).toBeLessThan(160);
  });

  test("begins with the byte order mark on the wire", async () => {
    const response = await tableFile({ locale: "en", as: "csv" }, [], columns, [[1]]);
    const bytes = new Uint8Array(await response.arrayBuffer());
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  });

  test("is a workbook for Excel where that is asked: two head rows, numbers as numbers, texts never formulas", async () => {
    const texts = [
      { key: "name", value: (row: { text: string; number: number | null }) => row.text },
      { key: "credits", value: (row: { number: number | null }) => row.number },
    ];
    const nasty = ["=1+1", "@SUM(A1)", "香水 <b>&", " \t\u0000\u0007x\r\n", "-5", "x".repeat(40_000)];
    const route = apiRoute({
      summary: "A table",
      public: true,
      response: null,
      file: CSV,
      run: ({ call }) =>
        tableFile(call, ["t"], texts, [nasty.map((text) => ({ text, number: 12.5 })), [{ text: "", number: null }]]),
    });
    const answer = await callApi(asWorkbook(route), { headers: { "accept-language": "zh-CN" } });
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "content-type": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
      "content-disposition": 'attachment; filename="nichebook-t.xlsx"',
    });
    const workbook = await readXlsx(answer.bytes);
    const [keys, words, ...rows] = workbook.sheets[0]?.rows ?? [];
    expect([keys, words]).toEqual([
      ["name", "credits"],
      ["名称", "积分"],
    ]);
    expect(rows.slice(0, -2).map(([text]) => text)).toEqual(nasty.slice(0, -1));
    expect(rows.map(([, credits]) => credits)).toEqual([...nasty.map(() => 12.5), null]);
    expect(String(rows[5]?.[0])).toHaveLength(32_767);
  });

  test("as a workbook it ends with a word about the rest, and is made only as far as it is read", async () => {
    const long = [Array.from({ length: 100_001 }, (_, index) => index)];
    const whole = await tableFile({ locale: "en", as: "xlsx" }, [], columns, long);
    const rows = (await readXlsx(new Uint8Array(await whole.arrayBuffer()))).sheets[0]?.rows ?? [];
    expect(rows).toHaveLength(2 + 100_000 + 1);
    expect(rows.at(-1)?.[0]).toMatch(/^The table goes on/);
    const { seen, batches } = endless();
    const response = await tableFile({ locale: "en", as: "xlsx" }, [], columns, batches);
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    await reader.read();
    await reader.cancel();
    expect(seen.stopped).toBe(true);
    expect(seen.asked).toBeLessThan(20_000);
  });

  test("is made only as fast as it is read, and not at all after the reader left", async () => {
    const { seen, batches } = endless();
    const response = await tableFile({ locale: "en", as: "csv" }, [], columns, batches);
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    expect(seen).toEqual({ asked: 1, stopped: false });
    await reader.read();
    await reader.read();
    await reader.read();
    expect(seen.asked).toBe(3);
    await reader.cancel();
    expect(seen).toEqual({ asked: 3, stopped: true });
  });

  test("that fails before its first piece is a problem document like any other", async () => {
    const refuse = async function* (): AsyncGenerator<number[]> {
      yield* [];
      throw new AppError("not_found");
    };
    const answer = await callApi(answering(async () => tableFile({ locale: "en", as: "csv" }, [], columns, refuse())));
    expect(answer).toMatchObject({ status: 404, body: { code: "not_found" } });
    const asked = answering(async () => tableFile({ locale: "en", as: "xlsx" }, [], columns, refuse()));
    expect(await callApi(asked)).toMatchObject({ status: 404, body: { code: "not_found" } });
    expect(answer.headers.get("content-type")).toMatch(/^application\/problem\+json/);
    expect(answer.headers.get("content-disposition")).toBeNull();
  });

  test("that fails later breaks off: half a file never looks whole", async () => {
    const breaking = async function* () {
      yield [1];
      throw new Error("the database went away");
    };
    const response = await tableFile({ locale: "en", as: "csv" }, [], columns, breaking());
    await expect(response.text()).rejects.toThrow("the database went away");
  });
});
