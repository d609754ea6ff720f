import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { useLabels } from "@/app/_ui/labels";
import { receiptHref } from "@/app/_ui/receipt-link";
import { moment } from "@/lib/platform/format/date";
import type { SourceCheck } from "@/lib/tracking/source-check-schemas";
import { type Tone, toneOf, useFindingWords } from "./finding-words";

type Props = { check: SourceCheck; slug: string; now: Date; timeZone: string };

const TAGS: Record<Tone, string> = { assumed: "tag tag-good", other: "tag tag-warn", found: "tag", unknown: "tag" };
const PRICE_TONES = { as_told: "assumed", more: "other", less: "other", unknown: "unknown" } as const;

/** What a check found, one line for each thing that is assumed, with the receipts that it rests on. */
export function SourceFindings({ check, slug, now, timeZone }: Props) {
  const t = useTranslations("sourceCheck");
  const words = useFindingWords();
  return (
    <ul aria-label={t("findings")} className="num divide-y divide-line border-line border-t">
      {(check.findings ?? []).map((finding) => (
        <Finding key={finding.about} title={words.title(finding)} tone={toneOf(finding)}>
          <p className="text-pretty text-text-2">{words.text(finding)}</p>
          {finding.receiptIds.length > 0 && (
            <p className="flex flex-wrap items-center text-text-3 text-xs">
              {t("receipts")}
              {finding.receiptIds.map((id, index) => (
                <Link
                  key={id}
                  href={receiptHref(slug, id)}
                  prefetch={false}
                  className="link inline-grid min-h-6 min-w-6 place-items-center"
                  aria-label={t("receiptOf", { number: index + 1, about: words.title(finding) })}
                >
                  {index + 1}
                </Link>
              ))}
            </p>
          )}
        </Finding>
      ))}
      <Finding title={t("title_price")} tone={PRICE_TONES[check.price.verdict]}>
        <Price price={check.price} slug={slug} now={now} timeZone={timeZone} />
      </Finding>
    </ul>
  );
}

function Finding({ title, tone, children }: { title: string; tone: Tone; children: React.ReactNode }) {
  const t = useTranslations("sourceCheck");
  return (
    <li className="grid gap-0.5 py-2.5">
      <p className="flex flex-wrap items-baseline justify-between gap-x-3 gap-y-1">
        <b className="font-medium">{title}</b>
        <span className={TAGS[tone]}>{t(`tone.${tone}`)}</span>
      </p>
      {children}
    </li>
  );
}

function Price({ price, slug, now, timeZone }: { price: SourceCheck["price"] } & Omit<Props, "check">) {
  const t = useTranslations("sourceCheck");
  const locale = useLocale();
  const labels = useLabels();
  const { verdict, from, to, charged, drift } = price;
  const on = (at: string | null) => (at ? moment(at, now, locale, timeZone) : "");
  return (
    <p className="text-pretty text-text-2">
      {t(`price.${verdict}`, {
        from: on(from),
        to: on(to),
        charged: labels.credits(charged ?? 0),
        drift: labels.credits(Math.abs(drift ?? 0)),
      })}{" "}
      {verdict === "unknown" && (
        <Link href={`/t/${slug}/credits/balance`} prefetch={false} className="link">
          {t("stateBalance")}
        </Link>
      )}
    </p>
  );
}
