import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { useLabels } from "@/app/_ui/labels";
import { SaveTable } from "@/app/_ui/save-table";
import { ScrollRegion } from "@/app/_ui/scroll-region";
import type { TableAddress } from "@/app/_ui/table-address";
import { NothingFound, TableFind } from "@/app/_ui/table-find";
import { TablePages } from "@/app/_ui/table-pages";
import { NONE, OTHERS, PRIVATE_NAME, type Purpose, SHARE, type Usage } from "@/lib/credits/schemas";
import { money } from "@/lib/platform/format/money";
import { exactNumber, MISSING } from "@/lib/platform/format/number";
import { tablePageOf } from "@/lib/platform/format/table-page";
import { creditsHref, csvHref, type Shown, TABLES } from "./address";

type Group = Usage["groups"][number];
type Props = { slug: string; shown: Shown; usage: Usage; table: TableAddress };

/** Beside the bars and above the ledger it keeps short. */
const ROWS = 25;

/** Sums of the selection by one kind of thing; each line leads to its requests. */
export function UsageTable({ slug, shown, usage, table }: Props) {
  const t = useTranslations("usage.table");
  const credits = useTranslations("credits");
  const statement = useTranslations("statement");
  const locale = useLocale();
  const labels = useLabels();
  const { by } = shown;
  const { groups } = usage;
  const number = (value: number | null) => exactNumber(value, locale);
  const inMoney = (value: number) => money(value, usage.price, locale) ?? undefined;
  const former = new Set(usage.people.flatMap(({ id, removed }) => (removed ? [id] : [])));
  const most = groups.reduce((best, { spent, held }) => Math.max(best, spent + held), 1);
  const page = tablePageOf(groups, table.look, (group) => [nameOf(group)], ROWS);
  const title = t(`title.${by}`);
  const hasLimits = by === "member" || by === "token";
  const hasFree = usage.saved !== null && by !== "purpose" && by !== "search";

  return (
    <section id="groups" className="sheet min-w-0 scroll-mt-4">
      <header className="grid gap-1.5 px-3.5 pt-3 pb-1">
        <div className="flex items-center justify-between gap-2">
          <h2>{title}</h2>
          <span className="flex gap-2">
            <SaveTable
              href={csvHref(slug, "summary", shown)}
              label={statement("csvShort")}
              name={title}
              className="link text-text-2 text-xs"
            />
          </span>
        </div>
        <nav aria-label={t("tabs")} className="-mx-2 flex gap-0.5 overflow-x-auto">
          {TABLES.map((group) => (
            <Link
              key={group}
              href={creditsHref(slug, { ...shown, by: group })}
              prefetch={false}
              scroll={false}
              className="tab px-2!"
              aria-current={group === by ? "true" : undefined}
            >
              {t(`by.${group}`)}
            </Link>
          ))}
        </nav>
      </header>
      <TableFind address={table} shown={page} table={title} />
      {groups.length === 0 ? (
        <p className="px-3.5 pt-2 pb-4 text-text-2">{t("empty")}</p>
      ) : page.total === 0 ? (
        <NothingFound address={table} table={title} />
      ) : (
        <ScrollRegion label={t("scroll")} className="overflow-x-auto">
          <table className="table" aria-label={title}>
            <thead>
              <tr>
                <th scope="col" className="l pl-3.5!">
                  {t(`by.${by}`)}
                </th>
                <th scope="col">{credits("spent")}</th>
                <th scope="col" title={t("heldHint")}>
                  {t("held")}
                </th>
                {hasLimits && <th scope="col">{credits("limit")}</th>}
                {hasFree && <th scope="col">{credits("free")}</th>}
              </tr>
            </thead>
            <tbody>
              {page.items.map((group) => (
                <tr key={group.key}>
                  <th scope="row" className="l max-w-44 pl-3.5! font-medium! text-[0.8125rem]! text-text!">
                    <Name group={group} />
                    <span className="mt-1 flex h-[3px] overflow-hidden rounded-full bg-sunk" aria-hidden="true">
                      <span className="bg-accent" style={{ width: `${(group.spent / most) * 100}%` }} />
                      <span className="bg-line-strong" style={{ width: `${(group.held / most) * 100}%` }} />
                    </span>
                  </th>
                  <td title={inMoney(group.spent)}>{number(group.spent)}</td>
                  <td className={group.held > 0 ? "" : "text-text-3"}>{number(group.held)}</td>
                  {hasLimits && <td className={group.limit === null ? "text-text-3" : ""}>{number(group.limit)}</td>}
                  {hasFree && <td>{number(group.free)}</td>}
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
      <TablePages address={table} shown={page} table={title} rows={ROWS} />
    </section>
  );

  function Name({ group }: { group: Group }) {
    const name = nameOf(group);
    if (group.key === OTHERS || group.key === NONE) return <span className="block truncate text-text-2">{name}</span>;
    const filter = { ...shown.filter, [by]: group.key };
    return (
      <Link
        href={creditsHref(slug, { ...shown, cursor: undefined, filter }, "#ledger")}
        prefetch={false}
        className="link block truncate"
      >
        {name}
      </Link>
    );
  }

  function nameOf({ key, name }: Group): string {
    if (key === OTHERS) return t("others");
    if (key === SHARE) return credits("share");
    if (key === NONE) return by === "token" || by === "search" ? t(`none.${by}`) : MISSING;
    if (by === "purpose") return credits(`purposes.${key as Purpose}`);
    if (by === "region") return labels.region(key);
    if (by === "member" && former.has(key)) return `${name} (${t("former")})`;
    if (by === "search" && name === PRIVATE_NAME) return t("privateSearch");
    return name === key ? MISSING : name;
  }
}
