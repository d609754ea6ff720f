import { type Answer, envelope, failure, success } from "./answer";
import type { Page } from "./insights";

/** One way to go wrong. `ms`: how long `slow` waits, and what `429-retry-after` asks for. */
export interface Fault {
  name: FaultName;
  ms?: number;
}

const SLOW_MS = 60_000;
const SHORT_ROWS = 10;
const RETRY_AFTER_MS = 1000;
const CONSTANT_REQUEST_ID = "d8a309f6-e55c-4569-b17e-a148368362a4";

type MakeAnswer = (page: Page, fault: Fault) => Answer;

/** Each fault, as what it makes of the page that would have been answered. */
const MAKE = {
  "401": () => failure(401, "apiKey is invalid"),
  "402": () => failure(402, "apiKey quota is not enough"),
  "403": () => failure(403, "apiKey has no permission for this endpoint"),
  "429": () => failure(429, "qps limit exceeded"),
  "429-retry-after": (_, { ms = RETRY_AFTER_MS }) =>
    withHeader(failure(429, "qps limit exceeded"), "retry-after", String(Math.ceil(ms / 1000))),
  "500": () => failure(500, "Internal server error"),
  "code-not-0": () => envelope({ code: 10001, message: "service busy", data: null }, false),
  "code-string": (page) => envelope({ code: "0", message: "success", data: dataOf(page) }, true),
  "nested-50004": () =>
    envelope({ code: 0, message: "success", data: { code: 50004, msg: "no available es index" } }, false),
  "data-null": () => success(null),
  "empty-list": ({ pagination }) =>
    success({ list: [], pagination: { page: pagination.page, size: 0, total: 0, has_more: false } }),
  "no-pagination": ({ list }) => success({ list }),
  "string-numbers": (page) => success(numbersAsText(dataOf(page))),
  "null-category": (page) => success({ ...dataOf(page), list: page.list.map(withoutOneCategory) }),
  "tab-names": (page) => success(withNames(page, (name) => `${name}\t`)),
  html: () => ({
    ...success(null),
    headers: { "content-type": "text/html; charset=utf-8" },
    body: "<!DOCTYPE html>\n<html><head><title>Just a moment</title></head><body><h1>Just a moment</h1></body></html>\n",
  }),
  "truncated-json": (page) => truncated(success(dataOf(page))),
  "cut-before": () => ({ ...success(null), charged: false, delivery: "none" }),
  "cut-in-body": (page) => ({ ...success(dataOf(page)), delivery: "half" }),
  slow: (page, { ms = SLOW_MS }) => ({ ...success(dataOf(page)), waitMs: ms }),
  "duplicate-row": (page) => success(dataOf(withRowBefore(page))),
  "unreadable-shape": ({ pagination }) => success({ list: { rows: "see report" }, pagination }),
  "nul-in-name": (page) => success(withNames(page, (name) => `${name.slice(0, 3)}\u0000${name.slice(3)}`)),
  "field-missing": (page) => success({ ...dataOf(page), list: page.list.map(({ ctr: _, ...row }) => row) }),
  "other-unit": (page) =>
    success({ ...dataOf(page), list: page.list.map((row) => ({ ...row, cost: Math.round(row.cost * 100) })) }),
  "other-ids": (page) => success(withOtherIds(page)),
  "short-ranking": (page) => {
    const list = page.list.slice(0, SHORT_ROWS);
    return success({
      list,
      pagination: { page: page.pagination.page, size: list.length, total: list.length, has_more: false },
    });
  },
  "repeat-request-id": (page) => success(dataOf(page), CONSTANT_REQUEST_ID),
} satisfies Record<string, MakeAnswer>;

export type FaultName = keyof typeof MAKE;

/** The names of all faults, the longer of two that begin alike first. */
export const FAULT_NAMES = (Object.keys(MAKE) as FaultName[]).sort((a, b) => b.length - a.length || (a < b ? -1 : 1));

export function isFaultName(name: unknown): name is FaultName {
  return typeof name === "string" && Object.hasOwn(MAKE, name);
}

/** The answer to a question whose page is `page`, with or without a fault. */
export function answerPage(page: Page, fault: Fault | null): Answer {
  if (!fault) return success(dataOf(page));
  const make: MakeAnswer = MAKE[fault.name];
  return make(page, fault);
}

/**
 * The fault that a key asks for: `sandbox-fault-<name>`, then the end or `-<anything>`; for `slow`, digits after the
 * name are its milliseconds. @returns null for a key without one, "unknown" for a name that there is not.
 */
export function faultOfKey(key: string): Fault | null | "unknown" {
  const asked = /^sandbox-fault-(.*)$/s.exec(key)?.[1];
  if (asked === undefined) return null;
  const name = FAULT_NAMES.find((one) => asked === one || asked.startsWith(`${one}-`));
  if (!name) return "unknown";
  const ms = name === "slow" ? /^-(\d{1,7})(?=-|$)/.exec(asked.slice(name.length))?.[1] : undefined;
  return ms === undefined ? { name } : { name, ms: Number(ms) };
}

/** A fault for the next `times` requests, of one key or of any. */
export interface FaultRule extends Fault {
  key: string | null;
  times: number;
}

/** Faults that were ordered by the control address. They are used up in the order in which they came. */
export function createFaultRules() {
  let rules: FaultRule[] = [];
  return {
    list: (): readonly FaultRule[] => rules,
    add(rule: FaultRule): void {
      rules.push({ ...rule });
    },
    clear(): void {
      rules = [];
    },
    /** The fault for one request of `key`, which is thereby used once; null when none is waiting for it. */
    take(key: string): Fault | null {
      const rule = rules.find((one) => one.key === null || one.key === key);
      if (!rule) return null;
      rule.times -= 1;
      if (rule.times <= 0) rules = rules.filter((one) => one !== rule);
      return { name: rule.name, ms: rule.ms };
    },
  };
}

function dataOf({ list, pagination }: Page) {
  return { list, pagination };
}

function withHeader(answer: Answer, name: string, value: string): Answer {
  return { ...answer, headers: { ...answer.headers, [name]: value } };
}

/** A whole HTTP answer whose JSON stops short. */
function truncated(answer: Answer): Answer {
  return { ...answer, body: answer.body.slice(0, Math.floor(answer.body.length * 0.7)) };
}

function numbersAsText(value: unknown): unknown {
  if (typeof value === "number") return String(value);
  if (Array.isArray(value)) return value.map(numbersAsText);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, numbersAsText(inner)]));
}

/** Each row lacks another level of its path, so that a page of three rows or more shows all cases. */
function withoutOneCategory(row: Page["list"][number], index: number) {
  const levels = ["first_ecom_category", "second_ecom_category", "third_ecom_category"] as const;
  return { ...row, [levels[index % levels.length] ?? levels[0]]: null };
}

function withNames(page: Page, change: (name: string) => string) {
  const renamed = <T extends { value: string }>(node: T): T => ({ ...node, value: change(node.value) });
  const list = page.list.map((row) => ({
    ...row,
    first_ecom_category: renamed(row.first_ecom_category),
    second_ecom_category: renamed(row.second_ecom_category),
    third_ecom_category: renamed(row.third_ecom_category),
  }));
  return { list, pagination: page.pagination };
}

/** Every id of a category by another, under its old name. */
function withOtherIds(page: Page) {
  const other = <T extends { id: string }>(node: T): T => ({ ...node, id: `9${node.id}` });
  const list = page.list.map((row) => ({
    ...row,
    first_ecom_category: other(row.first_ecom_category),
    second_ecom_category: other(row.second_ecom_category),
    third_ecom_category: other(row.third_ecom_category),
  }));
  return { list, pagination: page.pagination };
}

/** As when the ranking moves between two requests: the last row of the page before comes again, all others move down. */
function withRowBefore(page: Page): Page {
  if (!page.rowBefore) return page;
  return { ...page, list: [page.rowBefore, ...page.list.slice(0, -1)] };
}
