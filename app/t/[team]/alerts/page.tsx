import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { BreakNotice } from "@/app/_ui/break-notice";
import { EmptyState } from "@/app/_ui/empty-state";
import { PageHeader } from "@/app/_ui/page-header";
import { SaveFoot } from "@/app/_ui/save-table";
import { type Address, type TableAddress, tableAddress } from "@/app/_ui/table-address";
import { NothingFound, TableFind } from "@/app/_ui/table-find";
import { TablePages } from "@/app/_ui/table-pages";
import { requireTeam } from "@/app/t/[team]/_shell/require-team";
import { dataMark, pageNow } from "@/app/t/[team]/_shell/team-facts";
import { readAlerts } from "@/lib/alerts/read-alerts";
import { readPreference } from "@/lib/alerts/read-preference";
import { readRulesPage } from "@/lib/alerts/read-rules";
import { alertsInputSchema } from "@/lib/alerts/schemas";
import { allows } from "@/lib/auth/permissions";
import { readOpenBreaks } from "@/lib/insights/read-breaks";
import { AlertList } from "./alert-list";
import { PreferenceForm } from "./preference-form";
import { RuleForm } from "./rule-form";
import { readRuleOptions } from "./rule-options";
import { RuleTable } from "./rule-table";

type Props = { params: Promise<{ team: string }>; searchParams: Promise<Address> };

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("alerts"))("title"),
});

export default async function AlertsPage({ params, searchParams }: Props) {
  const [{ team: slug }, given] = await Promise.all([params, searchParams]);
  const ctx = await requireTeam(slug, "/alerts");
  // A cursor that somebody cut short is no reason for a broken page: show the newest.
  const asked = alertsInputSchema.safeParse({ cursor: given.cursor });
  const address = tableAddress(`/t/${slug}/alerts`, given);
  const [t, rules, { items: alerts, nextCursor }, preference, options, breaks, now, mark] = await Promise.all([
    getTranslations("alerts"),
    readRulesPage(ctx, address.look),
    readAlerts(ctx, asked.success ? asked.data : {}),
    readPreference(ctx),
    readRuleOptions(ctx),
    readOpenBreaks(ctx),
    pageNow(),
    dataMark(ctx),
  ]);
  const { timeZone, upstream, defaultRegion: region, defaultWindow: window } = ctx.team;
  const canWrite = allows(ctx.member.role, "alerts:write");
  const hasAnything = [options.categories, options.lists, options.searches].some(
    (items) => items === null || items.length > 0,
  );
  return (
    <>
      <PageHeader title={t("title")} subtitle={t("subtitle")} mark={mark}>
        <Link href={`/t/${slug}/alerts/provider`} prefetch={false} className="btn btn-quiet self-center">
          {t("provider")}
        </Link>
        <Link href={`/t/${slug}/alerts/review`} prefetch={false} className="btn btn-quiet self-center">
          {t("review")}
        </Link>
      </PageHeader>
      <BreakNotice slug={slug} breaks={breaks} />
      <div className="grid gap-3.5">
        <section className="sheet min-w-0">
          <TableFind address={address} shown={rules} table={t("rules")} />
          {rules.total > 0 ? (
            <>
              <RuleTable slug={slug} rules={rules.items} now={now} timeZone={timeZone} canWrite={canWrite} />
              <TablePages address={address} shown={rules} table={t("rules")} />
              <SaveFoot href={`/api/v1/alerts/rules.csv?team=${slug}`} name={t("rules")} />
            </>
          ) : address.look.q !== "" ? (
            <NothingFound address={address} table={t("rules")} />
          ) : (
            <EmptyState
              title={t("emptyTitle")}
              action={
                !hasAnything && (
                  <Link
                    href={`/t/${slug}${upstream ? "/explore" : "/settings/key"}`}
                    prefetch={false}
                    className="btn btn-primary"
                  >
                    {t(upstream ? "explore" : "connect")}
                  </Link>
                )
              }
            >
              <p>{t("emptyText")}</p>
              {!canWrite && <p>{t("emptyViewer")}</p>}
            </EmptyState>
          )}
        </section>
        <div className="grid items-start gap-3.5 xl:grid-cols-2">
          {canWrite && hasAnything && (
            <section className="sheet max-w-[46rem] p-3.5" aria-labelledby="new-rule">
              <h2 id="new-rule" className="mb-2.5">
                {t("new")}
              </h2>
              <RuleForm slug={slug} options={options} place={{ region, window }} timeZone={timeZone} />
            </section>
          )}
          <section className="sheet max-w-[46rem] p-3.5" aria-labelledby="hear">
            <h2 id="hear" className="mb-2.5">
              {t("hear")}
            </h2>
            <PreferenceForm
              slug={slug}
              preference={preference}
              timeZone={timeZone}
              isOwner={ctx.member.role === "owner"}
            />
          </section>
        </div>
        <section className="sheet min-w-0" aria-labelledby="told">
          <h2 id="told" className="px-3.5 pt-3 pb-1.5">
            {t("told.heading")}
          </h2>
          {alerts.length > 0 ? (
            <>
              <AlertList slug={slug} alerts={alerts} now={now} timeZone={timeZone} />
              <SaveFoot href={`/api/v1/alerts.csv?team=${slug}`} name={t("told.heading")} />
            </>
          ) : (
            <p className="px-3.5 pb-3.5 text-text-2">{t("nothingTold")}</p>
          )}
          {nextCursor && (
            <p className="px-3.5 pb-3.5">
              <Link href={olderHref(address, nextCursor)} prefetch={false} rel="next" className="btn">
                {t("older")}
              </Link>
            </p>
          )}
        </section>
      </div>
    </>
  );
}

/** What was told before, with the rules where they are. */
const olderHref = ({ path, look, kept }: TableAddress, cursor: string) => {
  const others = kept.filter(([name]) => name !== "cursor");
  const rules: [string, string][] = [
    ...(look.q ? ([["q", look.q]] satisfies [string, string][]) : []),
    ...(look.page > 1 ? ([["page", `${look.page}`]] satisfies [string, string][]) : []),
  ];
  return `${path}?${new URLSearchParams([...others, ...rules, ["cursor", cursor]])}`;
};
