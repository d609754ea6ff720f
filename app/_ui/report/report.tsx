import "server-only";
import { headers } from "next/headers";
import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { ClientMessages } from "@/app/_ui/client-messages";
import type { DataMark } from "@/app/_ui/page-header";
import { SEARCH_HEADER } from "@/lib/auth/caller-address";
import { LANGUAGES, type Language } from "@/lib/auth/schemas";
import { clientWords } from "@/lib/i18n/messages";
import { fullDay, fullMoment, isoDate } from "@/lib/platform/format/date";
import { ReportWords } from "./report-words";
import { type Source, Sources } from "./sources";

type Props = {
  title: string;
  /** What was asked, and of when: names and values. */
  facts: readonly (readonly [string, string])[];
  sources: readonly Source[];
  /** Receipts that it names; as many as a printed page or two hold when left out. */
  mostSources?: number;
  /** The view that this is a report of. */
  backHref: string;
  team: { slug: string; name: string; timeZone: string; upstream: "live" | "sandbox" | null };
  mark: DataMark;
  now: Date;
  children: ReactNode;
};

/** Each in itself. */
const LANGUAGE_NAMES: Record<Language, string> = { en: "English", "zh-CN": "中文" };

/** A view as a page to be printed or saved as PDF: title and comment, what was asked and when, figures, and receipts. */
export async function Report({ title, facts, sources, mostSources = 100, backHref, team, mark, now, children }: Props) {
  const [t, app, locale, given] = await Promise.all([
    getTranslations("report"),
    getTranslations("app"),
    getLocale(),
    headers(),
  ]);
  const search = new URLSearchParams(given.get(SEARCH_HEADER) ?? "");
  search.delete("_rsc");
  const days = sources.map(({ fetchedAt }) => isoDate(fetchedAt, team.timeZone)).sort();
  const [from, to] = [days[0], days.at(-1)].map((day) => day && fullDay(day, locale));
  const all = [
    ...facts,
    [t("fetched"), from && to ? (from === to ? to : t("span", { from, to })) : t("nothing")],
    [t("source"), t(`sources.${team.upstream ?? "none"}`)],
    [t("team"), team.name],
    [t("made"), fullMoment(now, locale, team.timeZone)],
  ] as const;
  return (
    <article lang={locale} className="statement report mx-auto max-w-[64rem]">
      <ClientMessages locale={locale} messagesJson={clientWords(locale)}>
        <div className="sheet grid gap-5 p-4 *:min-w-0 sm:p-6">
          <div>
            <ReportWords
              title={title}
              backHref={backHref}
              languages={LANGUAGES.map((code) => ({
                code,
                name: LANGUAGE_NAMES[code],
                href: `?${new URLSearchParams([...[...search].filter(([key]) => key !== "language"), ["language", code]])}`,
                isThis: code === locale,
              }))}
            />
            <dl className="mt-4 grid grid-cols-2 gap-x-6 gap-y-2 sm:grid-cols-4 print:grid-cols-4">
              {all.map(([name, value]) => (
                <div key={name} className="min-w-0">
                  <dt className="text-text-3 text-xs">{name}</dt>
                  <dd className="wrap-anywhere font-medium">{value}</dd>
                </div>
              ))}
            </dl>
            {mark.host && <p className="mt-2 font-medium">{app("otherHost", { host: mark.host })}</p>}
          </div>
          {children}
          <Sources slug={team.slug} sources={sources} timeZone={team.timeZone} most={mostSources} />
          <p className="text-pretty text-text-3">{t("legend")}</p>
        </div>
      </ClientMessages>
    </article>
  );
}

/** A part of a report under its own heading. */
export function ReportPart({ title, hint, children }: { title: string; hint?: ReactNode; children: ReactNode }) {
  return (
    <section aria-label={title} className="report-part min-w-0">
      <div className="mb-1.5 flex flex-wrap items-baseline gap-x-3">
        <h2>{title}</h2>
        {hint && <div className="flex flex-wrap items-baseline gap-x-2 text-text-3">{hint}</div>}
      </div>
      {children}
    </section>
  );
}
