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

/** The requests that a statement says how to settle: all as not charged, or the oldest that make up its drift. */
export function suggestedIds({ drift, open, openIds }: Finding): string[] {
  if (drift === 0) return openIds;
  return drift > 0 && open.credits === drift ? open.ids : [];
}

/** What a statement says about requests to confirm, and the button that takes it at its word. */
export function Suggestion({ slug, finding, statedAt, now, timeZone, maySettle }: Props) {
  const t = useTranslations("balance");
  const locale = useLocale();
  const { drift, openIds } = finding;
  const number = (value: number) => exactNumber(value, locale);
  const at = moment(statedAt, now, locale, timeZone);
  const ids = suggestedIds(finding).slice(0, MOST_SETTLED_AT_ONCE);
  return (
    <Notice
      tone={drift === 0 ? "plain" : "warn"}
      title={
        drift === 0
          ? t("driftNone", { at })
          : drift > 0
            ? t("driftLess", { at, credits: number(drift) })
            : t("driftMore", { at, credits: number(-drift) })
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
              charged={drift > 0}
              reason={t("reason", { at })}
              label={t(drift > 0 ? "settleCharged" : "settleFree", { count: ids.length })}
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
