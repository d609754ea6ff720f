import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { receiptHref } from "@/app/_ui/receipt-link";
import { fullMoment, moment } from "@/lib/platform/format/date";
import type { KeptKey } from "@/lib/teams/schemas";
import { KeyActions } from "./key-actions";

type Props = { keys: KeptKey[]; slug: string; now: Date; timeZone: string; mayWrite: boolean };

/** Every key that the team keeps: which one buys, how each fares, and what to do with it. */
export function KeptKeys({ keys, slug, now, timeZone, mayWrite }: Props) {
  const t = useTranslations("key");
  const locale = useLocale();
  const at = (iso: string) => (
    <time dateTime={iso} title={fullMoment(iso, locale, timeZone)}>
      {moment(iso, now, locale, timeZone)}
    </time>
  );
  return (
    <section className="sheet p-4 sm:p-5" aria-labelledby="kept-keys">
      <h2 id="kept-keys">{t("keptTitle")}</h2>
      <p className="mt-1 text-pretty text-text-2">{t("keptText")}</p>
      <ul className="mt-3 grid divide-y divide-line border-line border-t">
        {keys.map((key) => (
          <li key={key.id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-2.5">
            <div className="min-w-0">
              <p className="flex flex-wrap items-center gap-2">
                <strong className="wrap-anywhere font-medium">{nameOf(key)}</strong>
                {key.name && <span className="num text-text-3">{t("lastFour", { lastFour: key.lastFour })}</span>}
                {key.inUse && <span className="tag tag-good">{t("inUse")}</span>}
                {key.rejectedAt && <span className="tag tag-bad">{t("stateRejected")}</span>}
                {key.outOfCreditsAt && <span className="tag tag-warn">{t("stateOutOfCredits")}</span>}
              </p>
              <p className="num text-text-3 text-xs">
                {t("lastSuccess")} {key.lastSuccessAt ? at(key.lastSuccessAt) : t("never")}
                {" · "}
                {t("lastRefusal")} {key.lastRefusalAt ? at(key.lastRefusalAt) : t("never")}
                {key.lastRefusalAt && ` (${refusalOf(key)})`}
                {key.refusedRequestId && (
                  <>
                    {" · "}
                    <Link href={receiptHref(slug, key.refusedRequestId)} prefetch={false} className="link">
                      {t("whatItSaid")}
                    </Link>
                  </>
                )}
              </p>
            </div>
            {mayWrite && <KeyActions slug={slug} id={key.id} name={nameOf(key)} inUse={key.inUse} />}
          </li>
        ))}
      </ul>
    </section>
  );

  function nameOf(key: KeptKey): string {
    return key.name || t("lastFour", { lastFour: key.lastFour });
  }
  function refusalOf({ lastRefusal }: KeptKey): string {
    const word = `refusals.${lastRefusal}` as never;
    return lastRefusal && t.has(word) ? t(word) : (lastRefusal ?? "");
  }
}
