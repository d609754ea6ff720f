import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { getLabels } from "@/app/_ui/labels";
import { Notice } from "@/app/_ui/notice";
import { PageHeader } from "@/app/_ui/page-header";
import { tableAddress } from "@/app/_ui/table-address";
import { TipLayer } from "@/app/_ui/tip-layer";
import { leftFilters } from "@/app/t/[team]/_shell/left-filters";
import { requireTeam } from "@/app/t/[team]/_shell/require-team";
import { dataMark, pageNow } from "@/app/t/[team]/_shell/team-facts";
import { countUnsettled } from "@/lib/credits/count-unsettled";
import { readBalanceNow } from "@/lib/credits/read-balance-now";
import { day, monthName } from "@/lib/platform/format/date";
import { exactNumber } from "@/lib/platform/format/number";
import { type Address, creditsHref, parseUsage } from "./address";
import { CreditsNav } from "./credits-nav";
import { ExportLinks } from "./export-links";
import { readShown } from "./read-shown";
import { RequestLog } from "./request-log";
import { SavingsBox, SavingsWaiting } from "./savings/savings-box";
import { UsageCards } from "./usage-cards";
import { UsageChart } from "./usage-chart";
import { UsageFilter } from "./usage-filter";
import { UsageTable } from "./usage-table";

type Props = { params: Promise<{ team: string }>; searchParams: Promise<Address> };

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("credits"))("title"),
});

export default async function CreditsPage({ params, searchParams }: Props) {
  const [{ team: slug }, address] = await Promise.all([params, searchParams]);
  const asked = parseUsage(address);
  const isAsked = Object.keys(address).length > 0;
  const ctx = await requireTeam(slug, isAsked ? creditsHref("", asked.shown).replace("/t//", "/") : "/credits");
  const left = await leftFilters(ctx, "credits", address);
  const [kept, usual] = [left ?? {}, {}].map((one) => creditsHref(slug, parseUsage(one).shown));
  if (kept && kept !== usual) redirect(kept);
  const [t, credits, labels, locale, read, waiting, balance, now, mark] = await Promise.all([
    getTranslations("usage"),
    getTranslations("credits"),
    getLabels(),
    getLocale(),
    readShown(ctx, asked.shown),
    countUnsettled(ctx),
    readBalanceNow(ctx),
    pageNow(),
    dataMark(ctx),
  ]);
  const { shown, usage, log } = read;
  const mistakes = { ...asked.mistakes, ...read.mistakes };
  const { timeZone } = ctx.team;
  const place = { slug, shown, usage };
  // Without anything the address would show what was left.
  const table = (name: string) => tableAddress(`/t/${slug}/credits`, { by: shown.by, ...address }, name, name);

  return (
    <>
      <PageHeader title={credits("title")} subtitle={subtitle()} mark={mark}>
        <ExportLinks slug={slug} shown={shown} />
      </PageHeader>
      <CreditsNav slug={slug} toConfirm={waiting} />
      <UsageFilter {...place} typed={asked.typed} mistakes={mistakes} />
      {Object.keys(mistakes).length > 0 && (
        <Notice tone="warn" className="mb-3.5" isAlert>
          <p>{t("problem")}</p>
        </Notice>
      )}
      {usage.visibility !== "all" && (
        <Notice tone="plain" className="mb-3.5">
          <p>{t(`visibility.${usage.onlyOwn ? "onlyOwn" : usage.visibility}`)}</p>
        </Notice>
      )}
      <UsageCards
        usage={usage}
        now={now}
        timeZone={timeZone}
        settle={
          <Link href={`/t/${slug}/credits/unsettled`} prefetch={false} className="link">
            {t("card.settle")}
          </Link>
        }
        balance={
          balance && (
            <Link href={`/t/${slug}/credits/balance`} prefetch={false} className="link">
              {t("card.balance", { credits: exactNumber(balance.stated, locale), age: labels.age(balance.at, now) })}
            </Link>
          )
        }
      />
      <div className="mb-3.5 grid items-start gap-3.5 xl:grid-cols-[minmax(0,1fr)_25rem]">
        <UsageChart {...place} table={table("bars")} now={now} />
        <UsageTable {...place} table={table("groups")} />
      </div>
      <Suspense fallback={<SavingsWaiting />}>
        <SavingsBox ctx={ctx} slug={slug} />
      </Suspense>
      <RequestLog slug={slug} shown={shown} log={log} hidden={hiddenText()} now={now} timeZone={timeZone} />
      <TipLayer />
    </>
  );

  function subtitle(): string {
    const dayOf = (date: string) => day(`${date}T12:00:00Z`, now, locale, "UTC");
    const isMonth = usage.isPlain && usage.from.endsWith("-01");
    return t("subtitle", {
      span: isMonth
        ? monthName(`${usage.from}T12:00:00Z`, locale, "UTC")
        : usage.from === usage.to
          ? dayOf(usage.from)
          : t("span", { from: dayOf(usage.from), to: dayOf(usage.to) }),
      zone: timeZone.replaceAll("_", " "),
      day: day(usage.period.resetsAt, now, locale, timeZone),
    });
  }

  function hiddenText(): string {
    const name = usage.people.find(({ id }) => id === shown.filter.member)?.name;
    return t("visibility.hiddenMember", { name: name ?? t("visibility.oneMember") });
  }
}
