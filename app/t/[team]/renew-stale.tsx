import { useTranslations } from "next-intl";
import { useLabels } from "@/app/_ui/labels";
import { RunButton } from "@/app/_ui/run-button";
import { isRunNews } from "@/app/_ui/run-news";
import { RunProgress } from "@/app/_ui/run-progress";
import type { Stale } from "@/lib/tracking/read-stale";
import type { Run } from "@/lib/tracking/schemas";

type Props = {
  slug: string;
  stale: Stale;
  /** The newest run of this kind. */
  run: Run | null;
  canStop: boolean;
  canSpend: boolean;
  now: Date;
  timeZone: string;
};

/** Renews what is due of the lists and searches that are looked at, for the price on the button; or how that stands. */
export function RenewStale({ slug, stale, run, canStop, canSpend, now, timeZone }: Props) {
  const t = useTranslations("moved");
  const labels = useLabels();
  const { target, credits } = stale;
  const counts = { lists: target.watchlists.length, searches: target.searches.length };
  return (
    <>
      {run && isRunNews(run, now) && <RunProgress slug={slug} run={run} canStop={canStop} />}
      {run?.finishedAt !== null && credits > 0 && (
        <div className="flex flex-wrap">
          <RunButton
            slug={slug}
            path="/watchlists/refresh"
            body={target}
            label={t("renew", {
              ...counts,
              both: counts.lists > 0 && counts.searches > 0 ? "yes" : "no",
              price: labels.credits(credits),
            })}
            priceCredits={credits}
            canSpend={canSpend}
            timeZone={timeZone}
            className="max-sm:w-full"
          />
        </div>
      )}
    </>
  );
}
