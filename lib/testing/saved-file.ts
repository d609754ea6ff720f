import { expect } from "vitest";
import type { TeamContext } from "@/lib/auth/context";
import type { ApiRoute } from "@/lib/http/declaration";
import { callApi, signedIn } from "./api-call";
import { readCsv } from "./read-csv";

const BOM = "\uFEFF";

/** A CSV as a spreadsheet of a Chinese reader opens it: the keys, the words, and each row by its keys. */
export async function savedFile(ctx: TeamContext, route: ApiRoute, id?: string, query: Record<string, string> = {}) {
  const answer = await callApi(route, {
    cookie: await signedIn(ctx.member.userId),
    query: { team: ctx.team.slug, ...query },
    headers: { "accept-language": "zh-CN" },
    ...(id ? { params: { id } } : {}),
  });
  expect(answer.status, answer.text).toBe(200);
  expect(answer.headers.get("content-type")).toBe("text/csv; charset=utf-8");
  expect(answer.headers.get("content-disposition")).toMatch(/^attachment; filename="nichebook-[A-Za-z0-9-]+\.csv"$/);
  const [keys = [], words = [], ...lines] = readCsv(answer.text.replace(BOM, ""));
  expect(words).toHaveLength(keys.length);
  return {
    keys,
    words,
    rows: lines.map((cells) => Object.fromEntries(keys.map((key, index) => [key, cells[index] ?? ""]))),
  };
}
