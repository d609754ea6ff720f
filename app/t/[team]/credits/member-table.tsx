import { useLocale, useTranslations } from "next-intl";
import type { CreditSummary } from "@/lib/credits/schemas";
import { exactNumber, MISSING } from "@/lib/platform/format/number";

/** Who spent what in this period, and what each got for nothing. */
export function MemberTable({ groups }: { groups: CreditSummary["groups"] }) {
  const t = useTranslations("credits");
  const locale = useLocale();
  const most = Math.max(1, ...groups.map((group) => group.spent + group.held));
  return (
    <section className="sheet min-w-0 overflow-x-auto">
      <h2 className="px-3.5 pt-3 pb-1">{t("byMember")}</h2>
      <table className="table" aria-label={t("byMember")}>
        <thead>
          <tr>
            <th scope="col" className="l pl-3.5!">
              {t("member")}
            </th>
            <th scope="col">{t("spent")}</th>
            <th scope="col">{t("limit")}</th>
            <th scope="col" className="max-2xl:hidden">
              {t("requests")}
            </th>
            <th scope="col">{t("free")}</th>
          </tr>
        </thead>
        <tbody>
          {groups.map((group) => (
            <tr key={group.key}>
              <th scope="row" className="l max-w-40 pl-3.5! font-medium! text-[0.8125rem]! text-text!">
                <span className="block truncate">{group.name}</span>
                <span className="mt-1 flex h-[3px] overflow-hidden rounded-full bg-sunk" aria-hidden="true">
                  <span className="bg-accent" style={{ width: `${(group.spent / most) * 100}%` }} />
                  <span className="bg-line-strong" style={{ width: `${(group.held / most) * 100}%` }} />
                </span>
              </th>
              <td>
                {exactNumber(group.spent, locale)}
                {group.held > 0 && <span className="text-text-3"> +{exactNumber(group.held, locale)}</span>}
              </td>
              <td className={group.limit === null ? "text-text-3" : ""}>
                {group.limit === null ? MISSING : exactNumber(group.limit, locale)}
              </td>
              <td className="max-2xl:hidden">{exactNumber(group.requests, locale)}</td>
              <td>{exactNumber(group.free, locale)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
