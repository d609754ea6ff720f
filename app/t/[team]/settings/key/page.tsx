import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { getLabels } from "@/app/_ui/labels";
import { Notice } from "@/app/_ui/notice";
import { mayStop } from "@/app/t/[team]/_shell/may-stop";
import { requireTeam } from "@/app/t/[team]/_shell/require-team";
import { dataMark, pageNow, teamKey } from "@/app/t/[team]/_shell/team-facts";
import { SettingsHeader } from "@/app/t/[team]/settings/settings-header";
import { allows } from "@/lib/auth/permissions";
import { PRICE_CREDITS } from "@/lib/insights/schemas";
import { readKeys } from "@/lib/teams/read-keys";
import { readSourceChecks } from "@/lib/tracking/read-source-checks";
import { KeptKeys } from "./kept-keys";
import { KeyForm } from "./key-form";
import { KeyStatusCard } from "./key-status-card";
import { SandboxButton } from "./sandbox-button";
import { SourceCheckCard } from "./source-check-card";

type Props = { params: Promise<{ team: string }>; searchParams: Promise<{ check?: string | string[] }> };

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("key"))("title"),
});

export default async function KeyPage({ params, searchParams }: Props) {
  const [{ team: slug }, { check }] = await Promise.all([params, searchParams]);
  const ctx = await requireTeam(slug, "/settings/key");
  const [t, roles, labels, status, keys, checks, now, mark] = await Promise.all([
    getTranslations("key"),
    getTranslations("role"),
    getLabels(),
    teamKey(ctx),
    readKeys(ctx),
    readSourceChecks(ctx),
    pageNow(),
    dataMark(ctx),
  ]);
  const { timeZone } = ctx.team;
  const mayWrite = allows(ctx.member.role, "key:write");
  const canSpend = allows(ctx.member.role, "insights:buy");
  const price = labels.credits(PRICE_CREDITS);
  const isSandbox = status.upstream === "sandbox";
  const hasLiveKey = status.upstream === "live" && status.key !== null;

  return (
    <>
      <SettingsHeader slug={slug} mark={mark} />
      <div className="grid max-w-[46rem] gap-3.5">
        <p className="max-w-[38rem] text-pretty text-text-2">{t("lead")}</p>
        <KeyStatusCard
          status={status}
          slug={slug}
          now={now}
          timeZone={timeZone}
          mayWrite={mayWrite}
          canSpend={canSpend && mayWrite}
        />
        {!mayWrite && (
          <Notice tone="plain">
            <p>{t("viewer", { role: roles(ctx.member.role) })}</p>
          </Notice>
        )}
        {mayWrite && (
          <section className="sheet p-4 sm:p-5">
            <h2>{t(isSandbox ? "goLiveTitle" : hasLiveKey ? "replaceTitle" : "saveTitle")}</h2>
            {isSandbox && <p className="mt-1 text-pretty text-text-2">{t("goLiveText")}</p>}
            <KeyForm
              slug={slug}
              timeZone={timeZone}
              priceCredits={PRICE_CREDITS}
              words={{
                field: t("field"),
                fieldHint: t("fieldHint"),
                name: t("name"),
                nameHint: t("nameHint"),
                save: t("save"),
                saveAndTest: t("saveAndTest", { price }),
                testHint: t("testHint"),
              }}
            />
          </section>
        )}
        {status.key && (
          <SourceCheckCard
            checks={checks}
            chosen={typeof check === "string" ? check : null}
            slug={slug}
            now={now}
            timeZone={timeZone}
            isSandbox={isSandbox}
            mayCheck={mayWrite && canSpend}
            canStop={mayStop(ctx, checks.items[0]?.run ?? null)}
          />
        )}
        {keys.length > 0 && <KeptKeys keys={keys} slug={slug} now={now} timeZone={timeZone} mayWrite={mayWrite} />}
        {mayWrite && status.sandboxPossible && !isSandbox && (
          <section className="sheet flex flex-wrap items-center justify-between gap-x-6 gap-y-3 p-4 sm:p-5">
            <div className="min-w-0">
              <h2>{t("sandboxTitle")}</h2>
              <p className="mt-1 text-pretty text-text-2">{t("sandboxHint")}</p>
            </div>
            <SandboxButton slug={slug} label={t("useSandbox")} />
          </section>
        )}
      </div>
    </>
  );
}
