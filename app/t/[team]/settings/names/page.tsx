import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { EmptyState } from "@/app/_ui/empty-state";
import { SaveTable } from "@/app/_ui/save-table";
import { ScrollRegion } from "@/app/_ui/scroll-region";
import { type Address, tableAddress } from "@/app/_ui/table-address";
import { NothingFound, TableFind } from "@/app/_ui/table-find";
import { TablePages } from "@/app/_ui/table-pages";
import { requireTeam } from "@/app/t/[team]/_shell/require-team";
import { dataMark } from "@/app/t/[team]/_shell/team-facts";
import { SettingsHeader } from "@/app/t/[team]/settings/settings-header";
import { allows } from "@/lib/auth/permissions";
import { readCategoryChoice, readCategoryChoices } from "@/lib/insights/read-category-choices";
import { readCategoryNames, readCategoryNamesPage } from "@/lib/insights/read-category-names";
import { MISSING } from "@/lib/platform/format/number";
import { NameForm } from "./name-form";
import { PasteNames } from "./paste-names";

type Props = { params: Promise<{ team: string }>; searchParams: Promise<Address> };

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("names"))("title"),
});

export default async function NamesPage({ params, searchParams }: Props) {
  const [{ team: slug }, given] = await Promise.all([params, searchParams]);
  const ctx = await requireTeam(slug, "/settings/names");
  const address = tableAddress(`/t/${slug}/settings/names`, given);
  const chosen = typeof given.category === "string" && /^[\w-]{1,64}$/.test(given.category) ? given.category : null;
  const readFormFacts = async () => {
    const [choices, one] = await Promise.all([
      readCategoryChoices(ctx),
      chosen === null ? null : readCategoryChoice(ctx, chosen),
    ]);
    const ids = [...(choices ?? []), ...(one ? [one] : [])].map(({ id }) => id);
    return { choices, one, named: (await readCategoryNames(ctx, ids)).items };
  };
  const [t, shown, { choices, one, named }, mark] = await Promise.all([
    getTranslations("names"),
    readCategoryNamesPage(ctx, address.look),
    readFormFacts(),
    dataMark(ctx),
  ]);
  const canWrite = allows(ctx.member.role, "tracking:write") && ctx.team.upstream !== null;
  return (
    <>
      <SettingsHeader slug={slug} mark={mark} />
      <div className="grid max-w-[52rem] gap-3.5">
        <p className="text-text-2">{t("lead")}</p>
        <section className="sheet">
          <TableFind address={address} shown={shown} table={t("title")} />
          {shown.total === 0 && address.look.q !== "" ? (
            <NothingFound address={address} table={t("title")} />
          ) : shown.total === 0 ? (
            <EmptyState title={t("emptyTitle")}>
              <p>{t(canWrite ? "emptyText" : "emptyViewer")}</p>
            </EmptyState>
          ) : (
            <ScrollRegion label={t("title")} className="overflow-x-auto">
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
                  {shown.items.map(({ id, name, providerName, aliases }) => (
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
            </ScrollRegion>
          )}
          <TablePages address={address} shown={shown} table={t("title")} />
        </section>
        {(shown.total > 0 || address.look.q !== "") && (
          <div className="flex flex-wrap justify-end gap-1">
            <SaveTable href={`/api/v1/categories/names.csv?team=${slug}`} label={t("csv")} />
          </div>
        )}
        {canWrite && (
          <div className="grid items-start gap-3.5 sm:grid-cols-2">
            <NameForm
              key={chosen}
              slug={slug}
              categories={choices?.map(({ id, name }) => ({ id, name: name ?? id })) ?? null}
              named={named}
              chosen={chosen === null ? null : { id: chosen, name: one?.name ?? chosen }}
            />
            <PasteNames slug={slug} />
          </div>
        )}
      </div>
    </>
  );
}
