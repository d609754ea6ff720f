import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { useLabels } from "@/app/_ui/labels";
import type { Tile } from "@/lib/insights/category-tiles";
import type { CategoryNow } from "@/lib/insights/read-category-now";
import { day } from "@/lib/platform/format/date";
import { signedPercent } from "@/lib/platform/format/number";
import { type CategoryAddress, categoryViewHref } from "./address";
import { ShownChange } from "./shown-change";
import { useShownWords } from "./shown-words";

type Props = {
  slug: string;
  id: string;
  chosen: CategoryAddress;
  tiles: Tile[];
  now: CategoryNow;
  /** What the category is compared within. */
  topName: string | null;
  at: Date;
  timeZone: string;
};

/** Each figure with its change and its place among its peers; a press shows its course below. */
export function MetricTiles({ slug, id, chosen, tiles, now, topName, at, timeZone }: Props) {
  const t = useTranslations("category");
  const locale = useLocale();
  const labels = useLabels();
  const words = useShownWords();
  // Of calendar months the month says since when, and not the day on which it was fetched.
  const since =
    now.before &&
    (now.before.window.includes("-")
      ? labels.window(now.before.window)
      : day(now.before.fetchedAt, at, locale, timeZone));
  const provider = signedPercent(now.current?.figures.postsChangePct ?? null);
  return (
    <nav aria-label={t("figures")} className="tiles">
      {tiles.map((tile) => (
        <Link
          key={tile.shown}
          href={categoryViewHref(slug, id, chosen, { shown: tile.shown })}
          prefetch={false}
          scroll={false}
          className="tile"
          aria-current={tile.shown === chosen.shown ? "true" : undefined}
        >
          <small>{words.label(tile.shown)}</small>
          <b title={words.value(tile.value, tile.shown).exact}>{words.value(tile.value, tile.shown).text}</b>
          <small>
            <ShownChange metric={tile.shown} {...tile} since={since} />
          </small>
          {tile.shown === "posts" && provider && (
            <small className="text-text-3!">{t("providerChange", { change: provider.text })}</small>
          )}
          {tile.shown === "rank" && now.lastRank && (
            <small className="text-text-3!">
              {t("rankedOn", { day: day(now.lastRank.fetchedAt, at, locale, timeZone) })}
            </small>
          )}
          {tile.percentile && (
            <>
              <span className="scale" aria-hidden="true">
                <i style={{ left: `${tile.percentile.pct}%` }} />
              </span>
              <small className="text-text-3!">
                {t(tile.look === "low" ? "lowerThan" : "higherThan", {
                  pct: Math.round(tile.percentile.pct),
                  of: tile.percentile.of,
                  top: topName ?? t("noTop"),
                })}
              </small>
            </>
          )}
        </Link>
      ))}
    </nav>
  );
}
