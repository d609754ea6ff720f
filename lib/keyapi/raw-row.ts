import "server-only";
import { indentJson, itemsOf, memberOf } from "./json-source";
import type { MappedRow } from "./types";
import { readJson } from "./wire";

/** Where each of our figures stands in a row of the provider's. */
export const RAW_FIELDS = {
  categoryId: "third_ecom_category.id",
  posts: "post",
  postsChangePct: "post_change",
  impressions: "impression",
  ctrPct: "ctr",
  cvrPct: "cvr",
  sixSecondViewRatePct: "play_six_rate",
  cost: "cost",
  cpa: "cpa",
  likes: "like",
  comments: "comment",
  shares: "share",
} as const satisfies Partial<Record<keyof MappedRow, string>>;

export type RawFigure = keyof typeof RAW_FIELDS;

/** A row as it was received: its text with a line for each field, and each figure's own piece; null is "not there". */
export type RawRow = { text: string; figures: Record<RawFigure, string | null> };

/** The text of a body: broken bytes replaced, as when its figures were read. */
const textOf = (body: Uint8Array) => new TextDecoder().decode(body);

/** The row at a place (from 1) of a ranking's body, or null when the body has no such row. */
export function rawRow(body: Uint8Array, place: number): RawRow | null {
  if (readJson(body) === undefined) return null;
  const data = memberOf(textOf(body), "data");
  const list = data && memberOf(data, "list");
  const row = list && itemsOf(list)?.[place - 1];
  if (!row) return null;
  const pieceAt = (path: string) =>
    path.split(".").reduce<string | null>((piece, name) => piece && memberOf(piece, name), row);
  const figures = Object.fromEntries(
    Object.entries(RAW_FIELDS).map(([figure, path]) => [figure, pieceAt(path)]),
  ) as RawRow["figures"];
  return { text: showable(indentJson(row)), figures };
}

/** A body as a page can show it: JSON with a line for each field, anything else as its text; cut at `most` characters. */
export function rawText(body: Uint8Array, most: number): { text: string; isCut: boolean } {
  const text = textOf(body);
  const whole = showable(readJson(body) === undefined ? text : indentJson(text));
  return { text: whole.slice(0, most), isCut: whole.length > most };
}

const PICTURE_OF_NUL = 0x2400;
const PICTURE_OF_DEL = "\u2421";

/** What a reader could not see, or what would turn the reading direction of the rest, as something visible. */
function showable(text: string): string {
  return text
    .replace(/[^\P{Cc}\n\t\r]/gu, (char) => {
      const code = char.charCodeAt(0);
      return code < 0x20 ? String.fromCharCode(PICTURE_OF_NUL + code) : PICTURE_OF_DEL;
    })
    .replace(
      /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g,
      (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
    );
}
