import { useLocale, useTranslations } from "next-intl";
import { creditsHref } from "@/app/t/[team]/credits/address";
import type { Savings } from "@/lib/credits/savings-schemas";
import { NONE, OTHERS, PRIVATE_NAME } from "@/lib/credits/schemas";
import { exactNumber, MISSING } from "@/lib/platform/format/number";
import { WasteTable } from "./waste-table";

type Props = { slug: string; savings: Savings };

/** Who bought for nothing; each name leads to the requests of that period. */
export function SavingsByMember({ slug, savings }: Props) {
  const t = useTranslations("savings");
  const locale = useLocale();
  const { from, to } = savings.period;
  return (
    <section className="sheet min-w-0">
      <h2 className="px-3.5 pt-3 pb-1">{t("byMember")}</h2>
      <WasteTable
        title={t("byMember")}
        column={t("member")}
        lines={savings.byMember}
        nameOf={({ key, name }) => (key === OTHERS ? t("others") : name)}
        hrefOf={({ key }) =>
          key === OTHERS
            ? null
            : creditsHref(slug, { filter: { from, to, member: key }, by: "member", free: true }, "#ledger")
        }
        mends={[
          {
            head: t("withoutRepeats"),
            hint: t("withoutRepeatsHint"),
            of: ({ withoutRepeats }) => exactNumber(withoutRepeats, locale),
          },
        ]}
      />
    </section>
  );
}

/** For which search or list was bought for nothing, and what renewing it less often, or not at all, would have left. */
export function SavingsBySearch({ slug, savings }: Props) {
  const t = useTranslations("savings");
  const locale = useLocale();
  const number = (value: number | null) => exactNumber(value, locale);
  return (
    <section className="sheet min-w-0">
      <h2 className="px-3.5 pt-3 pb-1">{t("bySearch")}</h2>
      {savings.bySearch.length === 0 ? (
        <p className="px-3.5 pb-3.5 text-text-2">{t("noneOfSearch")}</p>
      ) : (
        <WasteTable
          title={t("bySearch")}
          column={t("search")}
          lines={savings.bySearch}
          nameOf={({ key, name }) => {
            if (key === OTHERS) return t("others");
            if (key === NONE) return t("noSearch");
            return name === PRIVATE_NAME ? t("privateSearch") : name;
          }}
          hrefOf={({ key, name, kind }) =>
            kind === null || name === PRIVATE_NAME
              ? null
              : `/t/${slug}/${kind === "search" ? "searches" : "watchlists"}/${key}`
          }
          mends={[
            {
              head: t("rarer"),
              hint: t("rarerHint"),
              of: ({ rarer }) =>
                rarer.length === 0
                  ? MISSING
                  : rarer.map(({ days, credits }) => (
                      <span key={days} className="block">
                        {t("rarerEvery", { days, credits: number(credits) })}
                      </span>
                    )),
            },
            { head: t("stopped"), hint: t("stoppedHint"), of: ({ stopped }) => number(stopped) },
          ]}
        />
      )}
    </section>
  );
}
