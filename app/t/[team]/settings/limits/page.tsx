import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { getLabels } from "@/app/_ui/labels";
import { Notice } from "@/app/_ui/notice";
import { SaveTable } from "@/app/_ui/save-table";
import { requireTeam } from "@/app/t/[team]/_shell/require-team";
import { dataMark, pageNow } from "@/app/t/[team]/_shell/team-facts";
import { SettingsHeader } from "@/app/t/[team]/settings/settings-header";
import { allows } from "@/lib/auth/permissions";
import { readAsks } from "@/lib/credits/read-asks";
import { readCreditSettings } from "@/lib/credits/read-credit-settings";
import { readLimits } from "@/lib/credits/read-limits";
import { day, periodName } from "@/lib/platform/format/date";
import { LimitsForm } from "./limits-form";
import { OpenAsks } from "./open-asks";
import { SettingsForm } from "./settings-form";

type Props = { params: Promise<{ team: string }> };

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("limits"))("title"),
});

export default async function LimitsPage({ params }: Props) {
  const { team: slug } = await params;
  const ctx = await requireTeam(slug, "/settings/limits");
  const [t, roles, locale, labels, limits, asks, settings, now, mark] = await Promise.all([
    getTranslations("limits"),
    getTranslations("role"),
    getLocale(),
    getLabels(),
    readLimits(ctx),
    readAsks(ctx),
    readCreditSettings(ctx),
    pageNow(),
    dataMark(ctx),
  ]);
  const mayWrite = allows(ctx.member.role, "limits:write");
  const dayOf = (date: string) => day(`${date}T12:00:00Z`, now, locale, "UTC");
  const { period, nextPeriod } = settings;
  const currencies = new Intl.DisplayNames(locale, { type: "currency" });

  return (
    <>
      <SettingsHeader slug={slug} mark={mark} />
      <div className="grid max-w-[52rem] gap-3.5">
        <p className="text-pretty text-text-2">
          {t("lead", {
            from: dayOf(period.from),
            to: dayOf(period.to),
            resets: day(period.resetsAt, now, locale, ctx.team.timeZone),
            zone: ctx.team.timeZone.replaceAll("_", " "),
          })}
        </p>
        {!mayWrite && (
          <Notice tone="plain">
            <p>{t("readOnly", { role: roles(ctx.member.role) })}</p>
          </Notice>
        )}
        {asks.length > 0 && (
          <OpenAsks
            slug={slug}
            mayGrant={mayWrite}
            periodName={periodName(period.from, period.to, now, locale)}
            asks={asks.map((ask) => ({
              id: ask.id,
              name: ask.member.name,
              isOwn: ask.member.id === ctx.member.id,
              credits: ask.credits,
              note: ask.note,
              askedAt: labels.age(ask.askedAt, now),
            }))}
          />
        )}
        <LimitsForm slug={slug} limits={limits} mayWrite={mayWrite} />
        <p className="-mt-2 flex flex-wrap justify-end">
          <SaveTable href={`/api/v1/credits/limits.csv?team=${slug}`} name={t("title")} />
        </p>
        <SettingsForm
          slug={slug}
          settings={settings}
          currencies={Intl.supportedValuesOf("currency").map((code) => ({ code, name: currencies.of(code) ?? code }))}
          firstDayHint={t("firstDayHint", {
            next: dayOf(nextPeriod.from),
            last: dayOf(nextPeriod.to),
          })}
          mayWrite={mayWrite}
        />
      </div>
    </>
  );
}
