import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { EmptyState } from "@/app/_ui/empty-state";
import { SaveTable } from "@/app/_ui/save-table";
import { requireTeam } from "@/app/t/[team]/_shell/require-team";
import { dataMark } from "@/app/t/[team]/_shell/team-facts";
import { SettingsHeader } from "@/app/t/[team]/settings/settings-header";
import { allows } from "@/lib/auth/permissions";
import { readCategories } from "@/lib/insights/read-categories";
import { readCategoryNames } from "@/lib/insights/read-category-names";
import { MISSING } from "@/lib/platform/format/number";
import { NameForm } from "./name-form";
import { PasteNames } from "./paste-names";

type Props = {
  params: Promise<{ team: string }>;
  searchParams: Promise<{ category?: string | string[] }>;
};

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("names"))("title"),
});

export default async function NamesPage({ params, searchParams }: Props) {
  const [{ team: slug }, { category }] = await Promise.all([params, searchParams]);
  const ctx = await requireTeam(slug, "/settings/names");
  const [t, { items }, categories, mark] = await Promise.all([
    getTranslations("names"),
    readCategoryNames(ctx),
    readCategories(ctx, {}),
    dataMark(ctx),
  ]);
  const canWrite = allows(ctx.member.role, "tracking:write") && ctx.team.upstream !== null;
  const chosen = typeof category === "string" ? category : null;
  const options = categories.items.flatMap(({ id, level, name }) => (level === 3 ? [{ id, name: name ?? id }] : []));
  return (
    <>
      <SettingsHeader slug={slug} mark={mark} />
      <div className="grid max-w-[52rem] gap-3.5">
        <p className="text-text-2">{t("lead")}</p>
        <section className="sheet overflow-x-auto">
          {items.length === 0 ? (
            <EmptyState title={t("emptyTitle")}>
              <p>{t(canWrite ? "emptyText" : "emptyViewer")}</p>
            </EmptyState>
          ) : (
            <table className="table" aria-label={t("title")}>
              <thead>
                <tr>
                  <th scope="col" className="l pl-3.5!">
                    {t("own")}
                  </th>
                  <th scope="col" className="l">
                    {t("provider")}
                  </th>
                  <th scope="col" className="l">
                    {t("aliases")}
                  </th>
                </tr>
              </thead>
              <tbody>
                {items.map(({ id, name, providerName, aliases }) => (
                  <tr key={id}>
                    <td className="l whitespace-normal! pl-3.5! font-medium">{name ?? MISSING}</td>
                    <td className="l whitespace-normal! text-text-2">
                      {providerName ?? MISSING} <span className="num text-text-3 text-xs">{id}</span>
                    </td>
                    <td className="l whitespace-normal! text-text-2">{aliases.join(" · ")}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </section>
        {items.length > 0 && (
          <div className="flex flex-wrap justify-end gap-1">
            <SaveTable href={`/api/v1/categories/names.csv?team=${slug}`} label={t("csv")} />
          </div>
        )}
        {canWrite && (
          <div className="grid items-start gap-3.5 sm:grid-cols-2">
            <NameForm key={chosen} slug={slug} categories={options} named={items} chosen={chosen} />
            <PasteNames slug={slug} />
          </div>
        )}
      </div>
    </>
  );
}
