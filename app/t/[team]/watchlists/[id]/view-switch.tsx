import { useTranslations } from "next-intl";
import { useLabels } from "@/app/_ui/labels";
import { TabLink } from "@/app/_ui/tab-link";
import type { WatchView } from "@/lib/tracking/watch-view";
import { type WatchAddress, watchHref } from "./address";

type Props = { slug: string; view: WatchView; address: WatchAddress };

/** The window that a list is seen through, what changes are counted from, the figures, and the tags: one click each. */
export function ViewSwitch({ slug, view, address }: Props) {
  const t = useTranslations("watchlists");
  const labels = useLabels();
  const windows = [...new Set(["1", "7", "30", view.list.window])];
  const href = (change: Partial<WatchAddress>) => watchHref(slug, view, address, change);
  const tab = (to: Partial<WatchAddress>, text: string, isOn: boolean) => (
    <TabLink key={text} href={href(to)} isOn={isOn}>
      {text}
    </TabLink>
  );
  return (
    <div className="my-2.5 flex flex-wrap items-center gap-x-4 gap-y-1">
      <nav aria-label={t("windowSwitch")} className="flex flex-wrap gap-0.5">
        {windows.map((window) => tab({ window }, labels.window(window), window === view.window))}
      </nav>
      <nav aria-label={t("spanSwitch")} className="flex flex-wrap gap-0.5">
        {([1, 4] as const).map((span) => tab({ span }, t("span", { count: span }), address.span === span))}
      </nav>
      <nav aria-label={t("figureSwitch")} className="flex flex-wrap gap-0.5">
        {tab({ all: false }, t("figuresMain"), !address.all)}
        {tab({ all: true }, t("figuresAll"), address.all)}
      </nav>
      {view.tags.length > 0 && (
        <nav aria-label={t("tagSwitch")} className="flex flex-wrap gap-0.5">
          {tab({ tag: undefined }, t("everyTag"), view.tag === null)}
          {view.tags.map((tag) => tab({ tag }, tag, view.tag === tag))}
        </nav>
      )}
    </div>
  );
}
