import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { EmptyState } from "@/app/_ui/empty-state";
import { Notice } from "@/app/_ui/notice";
import { PageHeader } from "@/app/_ui/page-header";
import { type Address, tableAddress } from "@/app/_ui/table-address";
import { TablePages } from "@/app/_ui/table-pages";
import { requireTeam } from "@/app/t/[team]/_shell/require-team";
import { dataMark, pageNow } from "@/app/t/[team]/_shell/team-facts";
import { CreditsNav } from "@/app/t/[team]/credits/credits-nav";
import { allows } from "@/lib/auth/permissions";
import { readUnsettled } from "@/lib/credits/read-unsettled";
import { CorrectForm } from "./correct-form";
import { RequestFacts } from "./request-facts";
import { SettleForm } from "./settle-form";

type Props = {
  params: Promise<{ team: string }>;
  searchParams: Promise<Address>;
};

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("unsettled"))("title"),
});

export default async function UnsettledPage({ params, searchParams }: Props) {
  const [{ team: slug }, address] = await Promise.all([params, searchParams]);
  const ctx = await requireTeam(slug, "/credits/unsettled");
  const focus = z.uuid().safeParse(address.request).data ?? null;
  const table = tableAddress(`/t/${slug}/credits/unsettled`, address);
  const [t, credits, list, now, mark] = await Promise.all([
    getTranslations("unsettled"),
    getTranslations("credits"),
    readUnsettled(ctx, focus, table.look.page),
    pageNow(),
    dataMark(ctx),
  ]);
  const { items, settled, rule, count } = list;
  const maySettle = allows(ctx.member.role, "credits:settle");
  const view = { now, timeZone: ctx.team.timeZone, rule };

  return (
    <>
      <PageHeader title={credits("title")} mark={mark} />
      <CreditsNav slug={slug} toConfirm={count} />
      <div className="grid max-w-[58rem] gap-3.5">
        <section className="sheet min-w-0">
          <header className="grid gap-1 px-3.5 pt-3 pb-2.5">
            <h2>{t("title")}</h2>
            {count > 0 && (
              <>
                <p className="text-pretty text-text-2">{t("lead", { count, credits: list.credits })}</p>
                <p className="text-pretty text-text-2">
                  {t(`rule.${rule.unsettledRule}`, { hours: rule.unsettledAfterHours })}
                </p>
              </>
            )}
          </header>
          {items.length === 0 ? (
            <EmptyState title={t("emptyTitle")}>
              <p>{t("emptyText")}</p>
            </EmptyState>
          ) : maySettle ? (
            <SettleForm slug={slug} count={count} shown={items.length}>
              {items.map((request) => (
                <li key={request.id} className="flex gap-2.5 border-line border-t px-3.5 py-2.5">
                  <input
                    type="checkbox"
                    name="id"
                    value={request.id}
                    aria-labelledby={`${request.id}-question`}
                    className="mt-0.5 size-4 shrink-0"
                  />
                  <RequestFacts request={request} {...view} />
                </li>
              ))}
            </SettleForm>
          ) : (
            <>
              <ul aria-label={t("title")}>
                {items.map((request) => (
                  <li key={request.id} className="flex border-line border-t px-3.5 py-2.5">
                    <RequestFacts request={request} {...view} />
                  </li>
                ))}
              </ul>
              <div className="border-line border-t p-3.5">
                <Notice tone="plain">
                  <p>{t("readOnly")}</p>
                </Notice>
              </div>
            </>
          )}
          <TablePages address={table} shown={list} table={t("title")} />
        </section>

        {settled.length > 0 && (
          <section className="sheet min-w-0">
            <header className="grid gap-1 px-3.5 pt-3 pb-2.5">
              <h2>{t("settledTitle")}</h2>
              <p className="text-pretty text-text-2">{t("settledText")}</p>
            </header>
            <ul aria-label={t("settledTitle")}>
              {settled.map((request) => (
                <li key={request.id} className="grid gap-2 border-line border-t px-3.5 py-2.5">
                  <RequestFacts request={request} {...view} />
                  {maySettle && (
                    <CorrectForm
                      slug={slug}
                      id={request.id}
                      wasCharged={request.outcome === "charged"}
                      isAssumed={request.basis === "assumed"}
                      isOpen={request.id === focus}
                    />
                  )}
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
    </>
  );
}
