import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { PageHeader } from "@/app/_ui/page-header";
import { pageMissing } from "@/app/_ui/page-missing";
import { SaveFoot } from "@/app/_ui/save-table";
import { requireTeam } from "@/app/t/[team]/_shell/require-team";
import { dataMark, pageNow } from "@/app/t/[team]/_shell/team-facts";
import { AlertList } from "@/app/t/[team]/alerts/alert-list";
import { DeleteRule } from "@/app/t/[team]/alerts/delete-rule";
import { RuleForm } from "@/app/t/[team]/alerts/rule-form";
import { readRuleOptions } from "@/app/t/[team]/alerts/rule-options";
import { RuleTable } from "@/app/t/[team]/alerts/rule-table";
import { readAlerts } from "@/lib/alerts/read-alerts";
import { readRule } from "@/lib/alerts/read-rules";
import { allows } from "@/lib/auth/permissions";

type Props = { params: Promise<{ team: string; id: string }> };

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("alerts"))("ruleTitle"),
});

export default async function RulePage({ params }: Props) {
  const { team: slug, id: given } = await params;
  const ctx = await requireTeam(slug, `/alerts/rules/${given}`);
  const id = z.uuid().safeParse(given);
  const rule = id.success ? await readRule(ctx, id.data).catch(pageMissing) : notFound();
  const [t, { items: alerts }, options, now, mark] = await Promise.all([
    getTranslations("alerts"),
    readAlerts(ctx, { rule: rule.id }),
    readRuleOptions(ctx, rule.webhookIds),
    pageNow(),
    dataMark(ctx),
  ]);
  const { timeZone, defaultRegion: region, defaultWindow: window } = ctx.team;
  const canWrite = allows(ctx.member.role, "alerts:write");
  return (
    <>
      <PageHeader title={t("ruleTitle")} mark={mark}>
        <Link href={`/t/${slug}/alerts`} prefetch={false} className="btn btn-quiet self-center">
          {t("all")}
        </Link>
      </PageHeader>
      <div className="grid gap-3.5">
        <section className="sheet min-w-0">
          <RuleTable slug={slug} rules={[rule]} now={now} timeZone={timeZone} canWrite={canWrite} />
        </section>
        {canWrite && (
          <section className="sheet grid max-w-[46rem] gap-4 p-3.5" aria-label={t("edit")}>
            <RuleForm slug={slug} options={options} place={{ region, window }} timeZone={timeZone} rule={rule} />
            <DeleteRule slug={slug} id={rule.id} />
          </section>
        )}
        <section className="sheet min-w-0" aria-labelledby="told">
          <h2 id="told" className="px-3.5 pt-3 pb-1.5">
            {t("told.heading")}
          </h2>
          {alerts.length > 0 ? (
            <>
              <AlertList slug={slug} alerts={alerts} now={now} timeZone={timeZone} />
              <SaveFoot href={`/api/v1/alerts.csv?team=${slug}&rule=${rule.id}`} name={t("told.heading")} />
            </>
          ) : (
            <p className="px-3.5 pb-3.5 text-text-2">{t("nothingTold")}</p>
          )}
        </section>
      </div>
    </>
  );
}
