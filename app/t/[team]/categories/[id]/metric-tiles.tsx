import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import type { Tile } from "@/lib/insights/category-tiles";
import type { CategoryNow } from "@/lib/insights/read-category-now";
import { day } from "@/lib/platform/format/date";
import { signedPercent } from "@/lib/platform/format/number";
import { type CategoryAddress, categoryViewHref } from "./address";
import { ShownChange } from "./shown-change";
import { useShownWords, useTileWords } from "./shown-words";

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
  const words = useShownWords();
  const { since, place } = useTileWords({ now, topName, at, timeZone });
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
              <small className="text-text-3!">{place(tile)}</small>
            </>
          )}
        </Link>
      ))}
    </nav>
  );
}
