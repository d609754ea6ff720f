import { useLocale, useTranslations } from "next-intl";
import type { TableAddress } from "@/app/_ui/table-address";
import { NothingFound, TableFind } from "@/app/_ui/table-find";
import { TablePages } from "@/app/_ui/table-pages";
import { creditsHref } from "@/app/t/[team]/credits/address";
import type { SavingsPage } from "@/lib/credits/read-savings";
import type { Savings } from "@/lib/credits/savings-schemas";
import { NONE, OTHERS, PRIVATE_NAME, SHARE } from "@/lib/credits/schemas";
import { exactNumber, MISSING } from "@/lib/platform/format/number";
import { PressMend } from "./press-mend";
import { WasteTable } from "./waste-table";

type Props = { slug: string; savings: Savings };

type MemberProps = Props & { members: SavingsPage["members"]; table: TableAddress };

/** Who bought for nothing; each name leads to the requests of that period. */
export function SavingsByMember({ slug, savings, members, table }: MemberProps) {
  const t = useTranslations("savings");
  const credits = useTranslations("credits");
  const locale = useLocale();
  const { from, to } = savings.period;
  return (
    <section id="members" className="sheet min-w-0 scroll-mt-4">
      <h2 className="px-3.5 pt-3 pb-1">{t("byMember")}</h2>
      <TableFind address={table} shown={members} table={t("byMember")} />
      {members.total === 0 ? (
        <NothingFound address={table} table={t("byMember")} />
      ) : (
        <WasteTable
          title={t("byMember")}
          column={t("member")}
          lines={members.items}
          nameOf={({ key, name }) => (key === OTHERS ? t("others") : key === SHARE ? credits("share") : name)}
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
      )}
      <TablePages address={table} shown={members} table={t("byMember")} />
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

const RARER_RULES = {
  weekly: { cadence: "weekly", weekDay: 1 },
  monthly: { cadence: "monthly", monthDay: 1 },
} as const;

/** Which schedule bought for nothing, with a rarer cadence or a rest one press away. */
export function SavingsBySchedule({ slug, savings, mayWrite }: Props & { mayWrite: boolean }) {
  const t = useTranslations("savings");
  const locale = useLocale();
  const nameOf = ({ key, name }: { key: string; name: string }) =>
    key === OTHERS ? t("others") : name === PRIVATE_NAME ? t("privateSearch") : name;
  return (
    <section className="sheet min-w-0">
      <h2 className="px-3.5 pt-3 pb-1">{t("bySchedule")}</h2>
      <WasteTable
        title={t("bySchedule")}
        column={t("search")}
        lines={savings.bySchedule}
        nameOf={nameOf}
        hrefOf={({ key, renews }) => (renews ? `/t/${slug}/schedules/${key}` : null)}
        mends={[
          {
            head: t("rarer"),
            hint: t("cadenceHint"),
            of: ({ key, renews, rarer, ...line }) =>
              rarer.length === 0 || !renews
                ? MISSING
                : rarer.map(({ cadence, credits }) => (
                    <div key={cadence} className="grid justify-items-end gap-1 py-1">
                      {t(`cadence.${cadence}`, { credits: exactNumber(credits, locale) })}
                      {mayWrite && renews.mayChange && (
                        <PressMend
                          slug={slug}
                          path={`/schedules/${key}`}
                          body={{ rule: { ...RARER_RULES[cadence], hour: renews.hour }, version: renews.version }}
                          label={t(`setCadence.${cadence}`)}
                          done={t(`cadenceDone.${cadence}`, { name: nameOf({ key, name: line.name }) })}
                        />
                      )}
                    </div>
                  )),
          },
          {
            head: t("rested"),
            hint: t("restedHint"),
            of: ({ key, renews, stopped, ...line }) => (
              <div className="grid justify-items-end gap-1 py-1">
                {exactNumber(stopped, locale)}
                {mayWrite && renews?.mayChange && (
                  <PressMend
                    slug={slug}
                    path={`/schedules/${key}`}
                    body={{ paused: true, version: renews.version }}
                    label={t("rest")}
                    done={t("restDone", { name: nameOf({ key, name: line.name }) })}
                  />
                )}
              </div>
            ),
          },
        ]}
      />
    </section>
  );
}
