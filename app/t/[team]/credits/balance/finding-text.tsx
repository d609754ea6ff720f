import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import type { Finding } from "@/lib/credits/schemas";
import { exactNumber } from "@/lib/platform/format/number";

const MOST_NAMED = 5;

/** What could explain a drift, one sentence each; requests whose cost is only assumed are named. */
export function FindingText({ slug, finding }: { slug: string; finding: Finding }) {
  const t = useTranslations("balance.finding");
  const locale = useLocale();
  const number = (value: number) => exactNumber(value, locale);
  const { drift, open, openIds, assumedFree, assumedCharged, outsideAtLeast, outsideAtMost } = finding;
  const named = drift < 0 ? assumedCharged : assumedFree;
  return (
    <>
      {sentences().map((sentence) => (
        <span key={sentence} className="block">
          {sentence}
        </span>
      ))}
      {named.ids.length > 0 && (
        <span className="block">
          {t("named")}{" "}
          {named.ids.slice(0, MOST_NAMED).map((id) => (
            <Link
              key={id}
              href={`/t/${slug}/credits/unsettled?request=${id}`}
              prefetch={false}
              className="mr-2 underline underline-offset-2"
            >
              {id.slice(0, 8)}
            </Link>
          ))}
          {named.ids.length > MOST_NAMED && t("more", { count: named.ids.length - MOST_NAMED })}
        </span>
      )}
    </>
  );

  function sentences(): string[] {
    if (drift === 0) return [openIds.length === 0 ? t("fits") : t("fitsFree", { count: openIds.length })];
    if (drift < 0) {
      const more = t("tooMuch", { credits: number(-drift) });
      if (assumedCharged.ids.length === 0) return [more];
      const { ids, credits } = assumedCharged;
      return [more, t("assumedCharged", { count: ids.length, credits: number(credits) })];
    }
    if (open.credits === drift) return [t("open", { count: open.ids.length, all: openIds.length })];
    return [
      ...(open.ids.length > 0 ? [t("openPart", { count: open.ids.length, credits: number(open.credits) })] : []),
      ...(assumedFree.ids.length > 0
        ? [t("assumedFree", { count: assumedFree.ids.length, credits: number(assumedFree.credits) })]
        : []),
      ...(outsideAtLeast > 0
        ? [
            outsideAtLeast === outsideAtMost
              ? t("outside", { credits: number(outsideAtLeast) })
              : t("outsideAtLeast", { least: number(outsideAtLeast), most: number(outsideAtMost) }),
          ]
        : []),
    ];
  }
}
