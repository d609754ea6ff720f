import { useLocale, useTranslations } from "next-intl";
import type { Tile } from "@/lib/insights/category-tiles";
import type { CategoryNow } from "@/lib/insights/read-category-now";
import { day } from "@/lib/platform/format/date";
import { signedPercent } from "@/lib/platform/format/number";
import { type CategoryAddress, categoryViewHref } from "./address";
import { useChangeText } from "./change-text";
import { useShownWords, useTileWords } from "./shown-words";
import { TileList, type TileText } from "./tile-list";

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
  const changeText = useChangeText();
  const { since, place } = useTileWords({ now, topName, at, timeZone });
  const provider = signedPercent(now.current?.figures.postsChangePct ?? null);
  const texts = tiles.map((tile): TileText => {
    const { text: value, exact } = words.value(tile.value, tile.shown);
    const [ranked, standing] = [tile.shown === "rank" && now.lastRank, place(tile)];
    return {
      key: tile.shown,
      href: categoryViewHref(slug, id, chosen, { shown: tile.shown }),
      isOn: tile.shown === chosen.shown,
      label: words.label(tile.shown),
      ...{ value, exact },
      change: changeText({ metric: tile.shown, ...tile, since }),
      remarks: [
        ...(tile.shown === "posts" && provider ? [t("providerChange", { change: provider.text })] : []),
        ...(ranked ? [t("rankedOn", { day: day(ranked.fetchedAt, at, locale, timeZone) })] : []),
      ],
      place: tile.percentile && standing !== null ? { pct: tile.percentile.pct, text: standing } : null,
    };
  });
  return <TileList label={t("figures")} tilesJson={JSON.stringify(texts)} />;
}
