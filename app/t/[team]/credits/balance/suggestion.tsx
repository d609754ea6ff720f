import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { Notice } from "@/app/_ui/notice";
import { type Finding, MOST_SETTLED_AT_ONCE } from "@/lib/credits/schemas";
import { moment } from "@/lib/platform/format/date";
import { exactNumber } from "@/lib/platform/format/number";
import { FindingText } from "./finding-text";
import { SettleButton } from "./settle-button";

type Props = {
  slug: string;
  finding: Finding;
  statedAt: string;
  now: Date;
  timeZone: string;
  maySettle: boolean;
};

/** What the newest statement says about requests to confirm, and the button that takes it at its word. */
export function Suggestion({ slug, finding, statedAt, now, timeZone, maySettle }: Props) {
  const t = useTranslations("balance");
  const locale = useLocale();
  const { drift, open, openIds } = finding;
  const number = (value: number) => exactNumber(value, locale);
  const isFree = drift === 0 && openIds.length > 0;
  const isExplained = drift > 0 && open.credits === drift;
  const ids = (isFree ? openIds : isExplained ? open.ids : []).slice(0, MOST_SETTLED_AT_ONCE);
  return (
    <Notice
      tone={drift === 0 ? "plain" : "warn"}
      title={
        drift === 0
          ? t("driftNone")
          : drift > 0
            ? t("driftLess", { credits: number(drift) })
            : t("driftMore", { credits: number(-drift) })
      }
    >
      <p className="text-pretty">
        <FindingText slug={slug} finding={finding} />
      </p>
      {openIds.length > 0 && (
        <div className="mt-2 flex flex-wrap items-center gap-2">
          {maySettle && ids.length > 0 && (
            <SettleButton
              slug={slug}
              ids={ids}
              charged={!isFree}
              reason={t("reason", { at: moment(statedAt, now, locale, timeZone) })}
              label={t(isFree ? "settleFree" : "settleCharged", { count: ids.length })}
            />
          )}
          <Link href={`/t/${slug}/credits/unsettled`} prefetch={false} className="btn btn-quiet">
            {t("look")}
          </Link>
        </div>
      )}
    </Notice>
  );
}
