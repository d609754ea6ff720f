"use client";
import type { Watched, WatchedPlace } from "@/lib/tracking/watch-view";
import { Change } from "./change";
import { SoftLink } from "./soft-link";
import { StarOrSign } from "./star-or-sign";

export type FigureRow = {
  id: string;
  name: string;
  /** Where its name leads; without it the row is about the page itself, or about no page. */
  href?: string;
  isHere?: boolean;
  receipt?: { href: string; label: string; hint: string };
  /** What its star is about, in words, and where it is watched. */
  star?: { categoryId: string; region: string; name: string; places: WatchedPlace[] };
  cells: FigureCell[];
};

export type FigureCell = {
  text: string;
  exact?: string;
  /** Shown as a change instead of the text. */
  changePct?: number | null;
  kind?: "remark" | "age";
};

type Props = {
  slug: string;
  /**
   * `FigureRow[]` as JSON. React visits each single element and value of what a server component draws on its way to
   * the browser; one text it takes as it is, which for a table is most of a page's work.
   */
  rowsJson: string;
  watching?: Pick<Watched, "lists" | "mayWatch"> | null;
};

const CELL = { remark: "l text-text-3", age: "text-text-3" };

/** The body of a table of figures, from data in the reader's words. */
export function FigureRows({ slug, rowsJson, watching = null }: Props) {
  const rows = JSON.parse(rowsJson) as FigureRow[];
  return (
    <tbody>
      {rows.map(({ id, name, href, isHere, receipt, star, cells }) => (
        <tr key={id}>
          <th scope="row" className="l">
            {receipt && (
              <SoftLink
                href={receipt.href}
                className="receipt-link icon-receipt"
                aria-label={receipt.label}
                title={receipt.hint}
              />
            )}
            {star && watching ? (
              <span className="inline-flex items-center">
                <StarOrSign slug={slug} {...star} watching={watching} />
                <Name text={name} href={href} isHere={isHere} />
              </span>
            ) : (
              <Name text={name} href={href} isHere={isHere} />
            )}
          </th>
          {cells.map(({ text, exact, changePct, kind }, column) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: cells have no name but their column
            <td key={column} title={exact} className={kind && CELL[kind]}>
              {changePct === undefined ? text : <Change pct={changePct} />}
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  );
}

function Name({ text, href, isHere = false }: { text: string; href: string | undefined; isHere: boolean | undefined }) {
  if (isHere) return <b>{text}</b>;
  if (href === undefined) return text;
  return (
    <SoftLink href={href} className="link">
      {text}
    </SoftLink>
  );
}
