import "server-only";
import { z } from "zod";

/** Beyond this a double no longer counts in whole steps. */
const LARGEST = 9e15;
const INT4_MAX = 2_147_483_647;
const LONGEST_TEXT = 200;
const PLAIN_NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/**
 * A number, or a text that is nothing but a number. Anything else is null: an empty text, text around a number,
 * NaN, infinities, and sizes beyond 9e15 (also below zero). Never -0.
 */
export function readNumber(value: unknown): number | null {
  const text = typeof value === "string" ? value.trim() : null;
  const number = text === null ? value : PLAIN_NUMBER.test(text) ? Number(text) : null;
  if (typeof number !== "number" || !Number.isFinite(number) || Math.abs(number) > LARGEST) return null;
  return number === 0 ? 0 : number;
}

/** A number that cannot be below zero; such APIs write -1 for "none". */
export function readAmount(value: unknown): number | null {
  const number = readNumber(value);
  return number === null || number < 0 ? null : number;
}

/** A whole number of things; a fraction is rounded, as these figures are already rounded by the provider. */
export function readCount(value: unknown): number | null {
  const number = readAmount(value);
  return number === null ? null : Math.round(number);
}

/** A count that fits PostgreSQL's `integer`. */
export function readTotal(value: unknown): number | null {
  const count = readCount(value);
  return count === null || count > INT4_MAX ? null : count;
}

/**
 * A text that PostgreSQL can store and a page can show: trimmed, white space inside (TAB, line ends) as one space
 * each, other control characters (NUL) dropped, lone halves of surrogate pairs replaced, cut at 200 characters.
 * Null when nothing is left.
 */
export function readText(value: unknown): string | null {
  if (typeof value !== "string") return null;
  const clean = value
    .replace(/[\t\n\v\f\r\u0085]/g, " ")
    .replace(/\p{Cc}/gu, "")
    .trim()
    .slice(0, LONGEST_TEXT)
    .replace(/\p{Surrogate}/gu, "\ufffd")
    .trim();
  return clean === "" ? null : clean;
}

/** An identifier of digits, written as text or as a number that JSON carries exactly. `0` stands for "none". */
export function readId(value: unknown): string | null {
  const text = typeof value === "number" && Number.isSafeInteger(value) ? String(value) : value;
  if (typeof text !== "string") return null;
  const digits = text.trim();
  return /^\d{1,20}$/.test(digits) && !/^0+$/.test(digits) ? digits : null;
}

export function readFlag(value: unknown): boolean | null {
  const word = typeof value === "string" ? value.trim().toLowerCase() : value;
  if (word === true || word === "true" || word === 1 || word === "1") return true;
  if (word === false || word === "false" || word === 0 || word === "0") return false;
  return null;
}

/** A field that may be missing or of any kind; `read` gives null for what it cannot read. */
const field = <T>(read: (value: unknown) => T) => z.unknown().optional().transform(read);

const category = z
  .object({ id: field(readId), value: field(readText), parent_id: field(readId) })
  .catch({ id: null, value: null, parent_id: null });

const wireRow = z.object({
  post: field(readCount),
  post_change: field(readNumber),
  impression: field(readCount),
  ctr: field(readAmount),
  cvr: field(readAmount),
  play_six_rate: field(readAmount),
  cost: field(readAmount),
  cpa: field(readAmount),
  like: field(readCount),
  comment: field(readCount),
  share: field(readCount),
  first_ecom_category: category,
  second_ecom_category: category,
  third_ecom_category: category,
});
export type WireRow = z.output<typeof wireRow>;

const pagination = z
  .object({ total: field(readTotal), has_more: field(readFlag) })
  .catch({ total: null, has_more: null });
export type WirePagination = z.output<typeof pagination>;

const page = z.object({ list: z.array(z.unknown()), pagination });

const nothingIn = (row: WireRow): boolean =>
  Object.values(row).every((value) =>
    typeof value === "object" && value !== null ? value.id === null && value.value === null : value === null,
  );

/**
 * Reads the `data` of a ranking. One unreadable row among readable ones keeps its place as null, so that no other
 * row moves up. The whole list is unreadable (null) when `list` is no array, or when it has rows and not one fact can
 * be read from any of them: then the shape has changed, and a page of blanks would hide it. No rows is readable.
 */
export function readPage(data: unknown): { rows: (WireRow | null)[]; pagination: WirePagination } | null {
  const parsed = page.safeParse(data);
  if (!parsed.success) return null;
  const rows = parsed.data.list.map((item) => {
    const row = wireRow.safeParse(item);
    return row.success && !nothingIn(row.data) ? row.data : null;
  });
  if (rows.length > 0 && rows.every((row) => row === null)) return null;
  return { rows, pagination: parsed.data.pagination };
}

const envelope = z.object({
  code: z.unknown().optional(),
  data: z.unknown().optional(),
  message: field(readText),
  msg: field(readText),
  requestId: field((value) => readText(typeof value === "number" ? String(value) : value)),
});

/** The answer around `data`. `code` is null when there is none that we can read, and NaN when it is a word. */
export type Envelope = { code: number | null; data: unknown; message: string | null; requestId: string | null };

function readCode(value: unknown): number | null {
  const number = readNumber(value);
  if (number !== null) return number;
  return typeof value === "string" && value.trim() !== "" ? Number.NaN : null;
}

/** Reads an envelope, or a nested one in `data`. Null when the value is no object. */
export function readEnvelope(value: unknown): Envelope | null {
  const parsed = envelope.safeParse(value);
  if (!parsed.success) return null;
  const { code, data, message, msg, requestId } = parsed.data;
  return { code: readCode(code), data: data ?? null, message: message ?? msg, requestId };
}

/** Reads a body as UTF-8 JSON; undefined when it is none. Broken bytes inside a text are replaced, not refused. */
export function readJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return undefined;
  }
}
