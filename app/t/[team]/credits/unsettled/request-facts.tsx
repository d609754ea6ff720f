import { useLocale, useTranslations } from "next-intl";
import { useLabels } from "@/app/_ui/labels";
import type { Unsettled, UnsettledRequest } from "@/lib/credits/schemas";
import { topCategoryName } from "@/lib/insights/category-names";
import { fullMoment, moment } from "@/lib/platform/format/date";
import { exactNumber } from "@/lib/platform/format/number";

type Props = { request: UnsettledRequest; rule: Unsettled["rule"]; now: Date; timeZone: string };

/** All that is known of one request: the question, who asked it when and for what, how it ended, and what comes next. */
export function RequestFacts({ request, rule, now, timeZone }: Props) {
  const t = useTranslations("unsettled");
  const credits = useTranslations("credits");
  const locale = useLocale();
  const labels = useLabels();
  const { query, member, tokenName, httpStatus, rawBytes, upstreamRequestId, ending } = request;
  const categoryName = query.categoryName && topCategoryName(query.categoryName, locale);
  const token = tokenName && credits("token", { name: tokenName });
  return (
    <div className="grid min-w-0 grow gap-0.5">
      <p className="flex flex-wrap items-baseline gap-x-2">
        <span id={`${request.id}-question`} className="min-w-0 grow font-medium">
          {labels.question(query, { categoryName })}
        </span>
        <span className="num">{labels.credits(request.credits)}</span>
      </p>
      <p className="text-text-2">
        {member.name} ·{" "}
        <time dateTime={request.askedAt} title={fullMoment(request.askedAt, locale, timeZone)}>
          {moment(request.askedAt, now, locale, timeZone)}
        </time>{" "}
        ({labels.age(request.askedAt, now)}) · {credits(`purposes.${request.purpose}`)}
        {token && ` · ${token}`} · {t("key", { lastFour: request.keyLastFour })}
      </p>
      <p className="text-text-2">
        {ending && `${t(`ending.${ending}`)} · `}
        {httpStatus === null ? t("noStatus") : t("status", { status: String(httpStatus) })} ·{" "}
        {rawBytes === null ? t("noBytes") : t("bytes", { count: rawBytes, bytes: exactNumber(rawBytes, locale) })} ·{" "}
        {upstreamRequestId === null ? (
          t("noUpstreamId")
        ) : (
          <span className="break-all">{t("upstreamId", { id: upstreamRequestId })}</span>
        )}
      </p>
      <p>{outcome()}</p>
    </div>
  );

  /** Until it is settled: what the team's rule will do and when. Afterwards: what it came to, and on whose word. */
  function outcome() {
    const at = (iso: string | Date) => moment(iso, now, locale, timeZone);
    if (request.outcome !== "unsettled") {
      const what = credits(`outcomes.${request.outcome}`);
      const by = request.settledBy;
      if (by) return t("settledBy", { outcome: what, name: by.name, reason: by.reason, at: at(request.endedAt) });
      if (request.byRule) return t("settledByRule", { outcome: what, at: at(request.endedAt) });
      return request.basis === null || request.basis === "documented"
        ? what
        : `${what} ${credits("basisNote", { basis: credits(`basis.${request.basis}`) })}`;
    }
    if (rule.unsettledRule === "ask") return <span className="tag tag-warn">{t("waits")}</span>;
    const due = new Date(new Date(request.endedAt).getTime() + rule.unsettledAfterHours * 3_600_000);
    return <span className="tag tag-warn">{t(`will.${rule.unsettledRule}`, { at: at(due) })}</span>;
  }
}
