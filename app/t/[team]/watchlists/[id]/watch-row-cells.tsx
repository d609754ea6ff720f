"use client";
import { memo } from "react";
import { categoryHref } from "@/app/_ui/category-href";
import { Sparkline } from "@/app/_ui/charts/sparkline";
import { fill } from "@/app/_ui/fill";
import { PICKS } from "@/app/_ui/pick-box";
import { receiptHref } from "@/app/_ui/receipt-link";
import { SoftLink } from "@/app/_ui/soft-link";
import { ColorDot } from "@/app/t/[team]/watchlists/color-dot";
import { unpackSeries } from "@/lib/charts/pack-series";
import { MISSING } from "@/lib/platform/format/number";
import type { WatchItem } from "@/lib/tracking/schemas";
import type { WatchedPlace } from "@/lib/tracking/watch-view";

export type WatchFigure = {
  text: string;
  /** Exactly, and what the change is counted from; missing where nothing was fetched. */
  title?: string;
  /** A packed series. */
  course?: string;
  change?: { text: string; tone: "up" | "down" | "flat" | "rounded" } | null;
};

/** What may be edited of an item, and what its row says, in the reader's words. */
export type WatchRow = Pick<WatchItem, "id" | "categoryId" | "region" | "note" | "tags" | "color" | "version"> & {
  name: string;
  regionName: string;
  /** The provider's name where the team uses its own, else the levels above. */
  above: string;
  title: string;
  receipt: { id: string; place: number } | null;
  figures: WatchFigure[];
  rank: { rank: number; day: string } | null;
  age: { text: string; exact: string } | null;
  notUpdated: string | null;
  /** The lists that it stands on, this one among them. */
  places: WatchedPlace[];
  placesText: string;
};

/** What all rows share. Messages with a `{name}` are filled in for each. */
export type WatchTableWords = {
  /** Names of the columns of figures. */
  figures: string[];
  rank: string;
  fetched: string;
  notFetched: string;
  withinRounding: string;
  receipt: string;
  receiptTitle: string;
  months: string;
  monthsHint: string;
  pick: string;
  /** Only for those who may change the list. */
  actions: { drag: string; up: Action; down: Action; edit: Action; star: string } | null;
};

/** What a button says of its row, and what it shows to a mouse. */
type Action = { name: string; hint: string };

type Props = {
  slug: string;
  window: string;
  row: WatchRow;
  words: WatchTableWords;
  /** In the list, from 1. */
  position: number;
  isLast: boolean;
  /** Null where places cannot be changed now. */
  order: "grip" | "keys" | null;
  /** Up to the item's id. */
  monthsHref: string;
  awake: boolean;
  busy: boolean;
};

/** The cells of one item. Its links and buttons are plain: the body of the table hears them all. */
export const WatchRowCells = memo(function WatchRowCells({ slug, window, row, words, ...place }: Props) {
  const { id, categoryId, region, name, regionName, tags, note, receipt, rank, age, placesText } = row;
  const full = `${name} · ${regionName}`;
  return (
    <>
      <td className="rank">
        {receipt && (
          <SoftLink
            href={receiptHref(slug, receipt.id, receipt.place)}
            className="receipt-link icon-receipt"
            aria-label={fill(words.receipt, { what: full })}
            title={words.receiptTitle}
          />
        )}
        {place.position}
      </td>
      <th scope="row" className="cat" title={row.title || undefined}>
        <span className="name">
          <ColorDot color={row.color} />
          <label
            className="mr-1 inline-grid size-6 place-items-center align-middle print:hidden"
            title={fill(words.pick, { name: full })}
          >
            <input
              type="checkbox"
              form={PICKS}
              name="pick"
              value={`${categoryId}/${region}`}
              aria-label={fill(words.pick, { name: full })}
              className="size-4"
            />
          </label>
          <SoftLink href={categoryHref(slug, categoryId, { region, window })}>{name}</SoftLink>
        </span>
        <span className="path">{row.above ? `${regionName} · ${row.above}` : regionName}</span>
        {tags.length > 0 && (
          <span className="tags">
            {tags.map((tag) => (
              <span key={tag} className="tag">
                {tag}
              </span>
            ))}
          </span>
        )}
        {note && <span className="note">{note}</span>}
      </th>
      {row.figures.map((figure, index) => (
        <FigureCell
          key={words.figures[index]}
          figure={figure}
          label={words.figures[index] ?? ""}
          words={words}
          maxGap={window.includes("-") ? 1 : Number(window)}
        />
      ))}
      <td className={rank ? "wrank" : "wrank none"} data-label={words.rank}>
        {rank === null ? MISSING : `#${rank.rank}`}
        {rank && <small>{rank.day}</small>}
      </td>
      <td className={age ? "wage" : "wage none"} data-label={words.fetched} title={age?.exact}>
        {age?.text ?? words.notFetched}
        {row.notUpdated && <small>{row.notUpdated}</small>}
      </td>
      <td className="wact">
        <SoftLink
          href={`${place.monthsHref}${id}#months`}
          className="row-button icon-months"
          aria-label={fill(words.months, { name: full })}
          title={words.monthsHint}
        />
        {words.actions && <Actions name={full} places={placesText} words={words.actions} {...place} />}
      </td>
    </>
  );
});

type FigureProps = { figure: WatchFigure; label: string; words: WatchTableWords; maxGap: number };

/** A figure with its course and its change since an earlier answer, both of whose days the hover names. */
function FigureCell({ figure: { text, title, course, change }, label, words, maxGap }: FigureProps) {
  return (
    <td className={title === undefined ? "wfig none" : "wfig"} data-label={label} title={title}>
      {course !== undefined && <Sparkline points={unpackSeries(course)} maxGap={maxGap} />}
      <span>{text}</span>
      {change === null && <small>{MISSING}</small>}
      {change && change.tone !== "rounded" && <small className={`change-${change.tone}`}>{change.text}</small>}
      {change?.tone === "rounded" && (
        <small title={words.withinRounding}>
          ≈ {change.text}
          <span className="sr-only"> {words.withinRounding}</span>
        </small>
      )}
    </td>
  );
}

type ActionsProps = Pick<Props, "position" | "isLast" | "order" | "awake" | "busy"> & {
  name: string;
  places: string;
  words: NonNullable<WatchTableWords["actions"]>;
};

/**
 * Moves the item by one place, or opens everything else that can be done with it. None of it works before the page is
 * awake: until then it only takes its room, which keeps a long list light.
 */
function Actions({ name, places, words, position, isLast, order, awake, busy }: ActionsProps) {
  if (!awake) return <span className={order === null ? "row-room" : `row-room with-${order}`} />;
  const button = (act: "up" | "down" | "edit", isPossible: boolean) => {
    return (
      <button
        type="button"
        className={`row-button icon-${act}`}
        data-act={act}
        aria-label={fill(words[act].name, { name })}
        title={words[act].hint}
        aria-disabled={!isPossible || undefined}
      />
    );
  };
  return (
    <>
      <button
        type="button"
        className="row-button icon-starred"
        data-act="star"
        aria-label={fill(words.star, { name, lists: places })}
        aria-haspopup="menu"
        title={places}
      />
      {order === "grip" && (
        <span className="row-button grip icon-grip" draggable aria-hidden="true" title={words.drag} />
      )}
      {order && button("up", position > 1 && !busy)}
      {order && button("down", !isLast && !busy)}
      {button("edit", true)}
    </>
  );
}
