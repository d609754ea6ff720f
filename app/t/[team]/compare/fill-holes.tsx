import { useTranslations } from "next-intl";
import { useLabels } from "@/app/_ui/labels";
import { RunButton } from "@/app/_ui/run-button";
import { isRunNews } from "@/app/_ui/run-news";
import { RunProgress } from "@/app/_ui/run-progress";
import type { Region } from "@/lib/insights/schemas";
import type { RegionsFill } from "@/lib/tracking/regions-schemas";

type Props = {
  slug: string;
  categoryId: string;
  window: string;
  holes: Region[];
  fill: RegionsFill;
  canStop: boolean;
  canSpend: boolean;
  now: Date;
  timeZone: string;
};

/** All holes by one press, for the price on it; or how that stands. */
export function FillHoles(props: Props) {
  const { slug, categoryId, window, holes, fill, canStop, canSpend, now, timeZone } = props;
  const t = useTranslations("compare");
  const labels = useLabels();
  const { credits, lastRun } = fill;
  const count = holes.length;
  const isNews = lastRun !== null && isRunNews(lastRun, now);
  const isMany = count > 1 && credits > 0;
  // A single hole has its own button, and that is all there is to say.
  if (!isNews && !isMany && credits > 0) return null;
  return (
    <div className="num grid gap-2 border-line border-t px-3.5 py-2.5 print:hidden">
      {lastRun && isNews && <RunProgress slug={slug} run={lastRun} canStop={canStop} />}
      {lastRun?.finishedAt !== null && (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <p className="grow text-text-2">{credits > 0 ? t("holes", { count }) : t("holesAsked")}</p>
          {isMany && (
            <RunButton
              slug={slug}
              path={`/categories/${categoryId}/regions`}
              body={{ regions: holes, window }}
              label={t("fillAll", { count, price: labels.credits(credits) })}
              priceCredits={credits}
              canSpend={canSpend}
              timeZone={timeZone}
              className="max-sm:w-full"
            />
          )}
        </div>
      )}
    </div>
  );
}
