"use client";
import type { CSSProperties } from "react";
import type { Watched } from "@/lib/tracking/watch-view";
import { CategoryName } from "./category-name";
import { Change } from "./change";
import type { FigureRow } from "./figure-rows";
import { type Pick, PickBox } from "./pick-box";
import { SoftLink } from "./soft-link";
import { StarOrSign } from "./star-or-sign";

/** `exact` is read on hover; `tint` from 0 to 1 is how a figure compares with those of the other rows. */
type Cell = { text: string; exact?: string | undefined; tint?: string | undefined };

export type RankedRow = {
  id: number;
  place: number;
  receipt: { href: string; label: string };
  /** The team's own name, or in English the provider's. */
  name: string;
  isOwn: boolean;
  href: string | null;
  /** What the category is below, and the whole way to it. */
  path: string;
  hint: string;
  pick?: Pick | undefined;
  star?: FigureRow["star"] | undefined;
  posts: Cell;
  changePct: number | null;
  changeExact?: string | undefined;
  figures: Cell[];
};

/** What is the same in every row. */
export type RankedColumns = {
  receipt: string;
  posts: string;
  figures: { name: string; label: string; more: boolean }[];
};

type Props = {
  slug: string;
  /** `RankedRow[]` and `RankedColumns` as JSON: React takes one text as it is, and visits each of many elements. */
  rowsJson: string;
  columnsJson: string;
  watching: Omit<Watched, "items"> | null;
};

/** The body of a ranking, from data in the reader's words. */
export function RankingRows({ slug, rowsJson, columnsJson, watching }: Props) {
  const rows = JSON.parse(rowsJson) as RankedRow[];
  const columns = JSON.parse(columnsJson) as RankedColumns;
  return (
    <tbody>
      {rows.map(({ id, place, receipt, name, isOwn, href, path, hint, pick, star, posts, ...row }) => (
        <tr key={id}>
          <td className="rank">
            <SoftLink
              href={receipt.href}
              className="receipt-link icon-receipt"
              aria-label={receipt.label}
              title={columns.receipt}
            />
            {place}
          </td>
          <th scope="row" className="cat" title={hint}>
            <span className="flex items-center gap-1">
              <span className="min-w-0 grow">
                <span className="name" lang={isOwn ? undefined : "en"}>
                  <CategoryName name={name} href={href} />
                </span>
                <span className="path">{path}</span>
              </span>
              {pick && <PickBox {...pick} />}
              {star && watching && <StarOrSign slug={slug} {...star} watching={watching} />}
            </span>
          </th>
          <td className="posts" title={posts.exact} data-unit={posts.exact === undefined ? undefined : columns.posts}>
            {posts.text}
          </td>
          <td className="change" title={row.changeExact}>
            <Change pct={row.changePct} />
          </td>
          {columns.figures.map((column, nth) => (
            <FigureCell key={column.name} {...column} {...(row.figures[nth] ?? { text: "" })} />
          ))}
        </tr>
      ))}
    </tbody>
  );
}

function FigureCell({ label, more, text, exact, tint }: Cell & RankedColumns["figures"][number]) {
  return (
    <td
      className={`figure${more ? " more" : ""}${tint === undefined ? "" : " heat"}`}
      style={tint === undefined ? undefined : ({ "--v": tint } as CSSProperties)}
      title={exact}
      data-label={label}
    >
      {exact === undefined ? <span className="text-text-3">{text}</span> : text}
    </td>
  );
}
