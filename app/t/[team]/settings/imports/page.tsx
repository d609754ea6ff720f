import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { EmptyState } from "@/app/_ui/empty-state";
import { getLabels } from "@/app/_ui/labels";
import { SaveFoot, SaveTable } from "@/app/_ui/save-table";
import { ScrollRegion } from "@/app/_ui/scroll-region";
import { type Address, tableAddress } from "@/app/_ui/table-address";
import { NothingFound, TableFind } from "@/app/_ui/table-find";
import { TablePages } from "@/app/_ui/table-pages";
import { requireTeam } from "@/app/t/[team]/_shell/require-team";
import { dataMark, pageNow } from "@/app/t/[team]/_shell/team-facts";
import { SettingsHeader } from "@/app/t/[team]/settings/settings-header";
import { allows } from "@/lib/auth/permissions";
import { REGIONS } from "@/lib/insights/schemas";
import { moment } from "@/lib/platform/format/date";
import { exactNumber } from "@/lib/platform/format/number";
import { IMPORTED_FIGURES } from "@/lib/tracking/import-schemas";
import { readImportsPage } from "@/lib/tracking/read-imports";
import { ImportForm } from "./import-form";
import { RemoveImport } from "./remove-import";

type Props = { params: Promise<{ team: string }>; searchParams: Promise<Address> };

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("imports"))("title"),
});

export default async function ImportsPage({ params, searchParams }: Props) {
  const [{ team: slug }, given] = await Promise.all([params, searchParams]);
  const ctx = await requireTeam(slug, "/settings/imports");
  const address = tableAddress(`/t/${slug}/settings/imports`, given);
  const { team, member } = ctx;
  const [t, locale, labels, shown, mark, now] = await Promise.all([
    getTranslations("imports"),
    getLocale(),
    getLabels(),
    readImportsPage(ctx, address.look),
    dataMark(ctx),
    pageNow(),
  ]);
  const canWrite = allows(member.role, "tracking:write") && team.upstream !== null;
  const compare = new Intl.Collator(locale).compare;
  const regions = REGIONS.map((code) => ({ code, name: labels.region(code) })).sort((a, b) => compare(a.name, b.name));
  const windows = (["month", "1", "7", "30"] as const).map((code) => ({
    code,
    name: code === "month" ? t("months") : labels.window(code),
  }));
  return (
    <>
      <SettingsHeader slug={slug} mark={mark} />
      <div className="grid max-w-[62rem] gap-3.5">
        <p className="text-pretty text-text-2">{t("lead")}</p>
        {canWrite && (
          <ImportForm
            slug={slug}
            regions={regions}
            windows={windows}
            region={team.defaultRegion}
            figures={IMPORTED_FIGURES}
          />
        )}
        <section className="sheet min-w-0" aria-label={t("title")}>
          <TableFind address={address} shown={shown} table={t("title")} />
          {shown.total === 0 && address.look.q !== "" ? (
            <NothingFound address={address} table={t("title")} />
          ) : shown.total === 0 ? (
            <EmptyState title={t("emptyTitle")}>
              <p>{t(canWrite ? "emptyText" : "emptyViewer")}</p>
            </EmptyState>
          ) : (
            <>
              <ScrollRegion label={t("scroll")} className="overflow-x-auto">
                <table className="table" aria-label={t("title")}>
                  <thead>
                    <tr>
                      <th scope="col" className="l">
                        {t("sheet")}
                      </th>
                      <th scope="col" className="l">
                        {t("window")}
                      </th>
                      <th scope="col">{t("rows")}</th>
                      <th scope="col" className="l">
                        {t("by")}
                      </th>
                      <th scope="col">
                        <span className="sr-only">{t("actions")}</span>
                      </th>
                    </tr>
                  </thead>
                  <tbody>
                    {shown.items.map((one) => (
                      <tr key={one.id}>
                        <th
                          scope="row"
                          className="l min-w-40 wrap-anywhere whitespace-normal! font-medium! text-[0.8125rem]! text-text!"
                        >
                          {one.name}
                        </th>
                        <td className="l">{one.window === "month" ? t("months") : labels.window(one.window)}</td>
                        <td>{exactNumber(one.rows, locale)}</td>
                        <td className="l text-text-2">
                          {one.maker?.name ?? t("gone")} · {moment(one.createdAt, now, locale, team.timeZone)}
                        </td>
                        <td>
                          <span className="flex items-center justify-end">
                            <SaveTable href={`/api/v1/imports/${one.id}/points.csv?team=${slug}`} name={one.name} />
                            {canWrite && <RemoveImport slug={slug} id={one.id} name={one.name} />}
                          </span>
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </ScrollRegion>
              <TablePages address={address} shown={shown} table={t("title")} />
              <SaveFoot href={`/api/v1/imports.csv?team=${slug}`} name={t("list")} text={t("list")} />
            </>
          )}
        </section>
      </div>
    </>
  );
}
