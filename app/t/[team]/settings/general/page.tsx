import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { getLabels } from "@/app/_ui/labels";
import { Notice } from "@/app/_ui/notice";
import { requireTeam } from "@/app/t/[team]/_shell/require-team";
import { dataMark, pageNow } from "@/app/t/[team]/_shell/team-facts";
import { SettingsHeader } from "@/app/t/[team]/settings/settings-header";
import { allows } from "@/lib/auth/permissions";
import { REGIONS } from "@/lib/insights/schemas";
import { day } from "@/lib/platform/format/date";
import { readTeamSettings } from "@/lib/teams/read-team-settings";
import { DeleteTeam } from "./delete-team";
import { GeneralForm } from "./general-form";

type Props = { params: Promise<{ team: string }> };

const EXPORTS = ["credits/entries.csv", "credits/statement.csv", "searches.csv"] as const;

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("general"))("title"),
});

export default async function GeneralPage({ params }: Props) {
  const { team: slug } = await params;
  const ctx = await requireTeam(slug, "/settings/general");
  const [t, roles, locale, labels, settings, now, mark] = await Promise.all([
    getTranslations("general"),
    getTranslations("role"),
    getLocale(),
    getLabels(),
    readTeamSettings(ctx),
    pageNow(),
    dataMark(ctx),
  ]);
  const mayWrite = allows(ctx.member.role, "team:write") && !settings.deletesAt;
  const compare = new Intl.Collator(locale).compare;
  const zones = [...new Set(["UTC", settings.timeZone, ...Intl.supportedValuesOf("timeZone")])].sort();
  const deletesOn = settings.deletesAt && day(settings.deletesAt, now, locale, settings.timeZone);
  return (
    <>
      <SettingsHeader slug={slug} mark={{ ...mark, sandbox: false }} />
      <div className="grid max-w-[46rem] gap-3.5">
        <p className="text-pretty text-text-2">
          {t("lead")}{" "}
          <Link href={`/t/${slug}/settings/limits`} className="link">
            {t("toLimits")}
          </Link>
        </p>
        {!allows(ctx.member.role, "team:write") && (
          <Notice tone="plain">
            <p>{t("readOnly", { role: roles(ctx.member.role) })}</p>
          </Notice>
        )}
        <GeneralForm
          settings={settings}
          mayWrite={mayWrite}
          choices={{
            timeZone: zones.map((zone) => ({ value: zone, name: zone.replaceAll("_", " ") })),
            memberLanguage: [
              { value: "", name: t("languageOfInviter") },
              { value: "en", name: "English" },
              { value: "zh-CN", name: "简体中文" },
            ],
            defaultRegion: [
              { value: "all_regions", name: labels.region("all_regions") },
              ...REGIONS.filter((code) => code !== "all_regions")
                .map((code) => ({ value: code as string, name: labels.region(code) }))
                .sort((a, b) => compare(a.name, b.name)),
            ],
            secondFactorRequired: [
              { value: "false", name: t("secondFactorOwn") },
              { value: "true", name: t("secondFactorAll") },
            ],
            defaultWindow: ["1", "7", "30"].map((value) => ({ value, name: labels.window(value) })),
          }}
        />
        {allows(ctx.member.role, "team:delete") && (
          <section className="sheet grid justify-items-start gap-3 p-4 sm:p-5" aria-label={t("deleteTitle")}>
            <h2>{t("deleteTitle")}</h2>
            <p className="text-pretty text-text-2">
              {deletesOn ? t("deletesOn", { day: deletesOn }) : t("deleteText")}
            </p>
            <p className="flex flex-wrap gap-x-4 gap-y-1">
              <span className="text-text-2">{t("exportFirst")}</span>
              {EXPORTS.map((file) => (
                <a key={file} href={`/api/v1/${file}?team=${slug}`} download className="link">
                  {t(`export.${file.replace(/\W/g, "_") as "credits_entries_csv"}`)}
                </a>
              ))}
            </p>
            <DeleteTeam slug={slug} name={settings.name} deletesOn={deletesOn} />
          </section>
        )}
      </div>
    </>
  );
}
