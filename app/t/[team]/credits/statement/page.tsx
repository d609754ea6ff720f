import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { Notice } from "@/app/_ui/notice";
import { PageHeader } from "@/app/_ui/page-header";
import { PrintButton } from "@/app/_ui/print-button";
import { SaveTable } from "@/app/_ui/save-table";
import { type Address, tableAddress } from "@/app/_ui/table-address";
import { requireTeam } from "@/app/t/[team]/_shell/require-team";
import { dataMark } from "@/app/t/[team]/_shell/team-facts";
import { PeriodFilter } from "@/app/t/[team]/credits/period-filter";
import { readStatement } from "@/lib/credits/read-statement";
import { OTHERS, SHARE, statementInputSchema } from "@/lib/credits/schemas";
import { fullDay } from "@/lib/platform/format/date";
import { StatementFacts } from "./statement-facts";
import { StatementLines } from "./statement-lines";
import { StatementTotals } from "./statement-totals";

type Props = {
  params: Promise<{ team: string }>;
  searchParams: Promise<Address>;
};

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("statement"))("title"),
});

export default async function StatementPage({ params, searchParams }: Props) {
  const [{ team: slug }, address] = await Promise.all([params, searchParams]);
  const { period } = address;
  const ctx = await requireTeam(slug, "/credits/statement");
  const asked = statementInputSchema.safeParse({ period: period || undefined });
  const [t, credits, purposes, locale, found, mark] = await Promise.all([
    getTranslations("statement"),
    getTranslations("credits"),
    getTranslations("credits.purposes"),
    getLocale(),
    asked.success ? readStatement(ctx, asked.data).catch(() => null) : null,
    dataMark(ctx),
  ]);
  const statement = found ?? (await readStatement(ctx));
  const { timeZone } = ctx.team;
  const dayOf = (date: string) => fullDay(date, locale);
  const span = ({ from, to }: { from: string; to: string }) => t("period", { from: dayOf(from), to: dayOf(to) });
  const purposeOf = (key: string) => (purposes.has(key as never) ? purposes(key as never) : t("others"));
  const csv = new URLSearchParams({ team: slug, period: statement.period.from });

  return (
    <article className="statement mx-auto max-w-[60rem]">
      <PageHeader title={t("title")} subtitle={span(statement.period)} mark={mark}>
        <span className="flex flex-wrap items-center gap-2 print:hidden">
          <Link href={`/t/${slug}/credits`} prefetch={false} className="btn btn-quiet">
            {t("back")}
          </Link>
          <SaveTable href={`/api/v1/credits/statement.csv?${csv}`} label={t("csv")} className="btn" />
          <PrintButton label={t("print")} />
        </span>
      </PageHeader>
      <PeriodFilter
        action={`/t/${slug}/credits/statement`}
        shown={statement.period.from}
        periods={statement.periods}
        span={span}
        className="mb-3.5 print:hidden"
      />
      {!found && (
        <Notice tone="warn" className="mb-3.5" isAlert>
          <p>{t("periodUnknown")}</p>
        </Notice>
      )}
      <div className="sheet grid gap-5 p-4 sm:p-6">
        <StatementFacts statement={statement} team={ctx.team} />
        <StatementTotals statement={statement} timeZone={timeZone} />
        <div className="grid gap-5 lg:grid-cols-2 print:grid-cols-2">
          <StatementLines
            title={t("byMember")}
            column={t("member")}
            table={tableAddress(`/t/${slug}/credits/statement`, address, "members", "members")}
            lines={statement.byMember.map((line) => ({
              ...line,
              name: line.key === OTHERS ? t("others") : line.key === SHARE ? credits("share") : line.name,
            }))}
            total={statement.total}
            price={statement.price}
          />
          <StatementLines
            title={t("byPurpose")}
            column={t("purpose")}
            lines={statement.byPurpose.map((line) => ({ ...line, name: purposeOf(line.key) }))}
            total={statement.total}
            price={statement.price}
          />
        </div>
        <StatementLines
          title={t("byDay")}
          column={t("day")}
          lines={statement.byDay.map((line) => ({ ...line, name: dayOf(line.key) }))}
          total={statement.total}
          price={statement.price}
        />
      </div>
    </article>
  );
}
