import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { getLabels } from "@/app/_ui/labels";
import { Notice } from "@/app/_ui/notice";
import { SaveTable } from "@/app/_ui/save-table";
import { type Address, type TableAddress, tableAddress } from "@/app/_ui/table-address";
import { NothingFound, TableFind } from "@/app/_ui/table-find";
import { TablePages } from "@/app/_ui/table-pages";
import { requireTeam } from "@/app/t/[team]/_shell/require-team";
import { dataMark, pageNow } from "@/app/t/[team]/_shell/team-facts";
import { SettingsHeader } from "@/app/t/[team]/settings/settings-header";
import { allows } from "@/lib/auth/permissions";
import { LIMIT_ROWS } from "@/lib/credits/limit-schemas";
import { readAsks } from "@/lib/credits/read-asks";
import { readCreditSettings } from "@/lib/credits/read-credit-settings";
import { readLimitsPage } from "@/lib/credits/read-limits";
import { day, periodName } from "@/lib/platform/format/date";
import { TABLE_ROWS, type TablePage, tablePageOf } from "@/lib/platform/format/table-page";
import { LimitsForm } from "./limits-form";
import { OpenAsks } from "./open-asks";
import { SettingsForm } from "./settings-form";

type Props = { params: Promise<{ team: string }>; searchParams: Promise<Address> };

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("limits"))("title"),
});

export default async function LimitsPage({ params, searchParams }: Props) {
  const [{ team: slug }, given] = await Promise.all([params, searchParams]);
  const ctx = await requireTeam(slug, "/settings/limits");
  const path = `/t/${slug}/settings/limits`;
  const people = tableAddress(path, given);
  const [tokens, asking] = [tableAddress(path, given, "tokens"), tableAddress(path, given, "asks")];
  const [t, client, asksWords, roles, locale, labels, limits, allAsks, settings, now, mark] = await Promise.all([
    getTranslations("limits"),
    getTranslations("client.limits"),
    getTranslations("client.ask"),
    getTranslations("role"),
    getLocale(),
    getLabels(),
    readLimitsPage(ctx, { members: people.look, tokens: tokens.look }),
    readAsks(ctx),
    readCreditSettings(ctx),
    pageNow(),
    dataMark(ctx),
  ]);
  const mayWrite = allows(ctx.member.role, "limits:write");
  const asks = tablePageOf(allAsks, asking.look, ({ member }) => [member.name]);
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
        {allAsks.length > 0 && (
          <OpenAsks
            slug={slug}
            frame={frame(asking, asks, asksWords("title"))}
            mayGrant={mayWrite}
            periodName={periodName(period.from, period.to, now, locale)}
            asks={asks.items.map((ask) => ({
              id: ask.id,
              name: ask.member.name,
              isOwn: ask.member.id === ctx.member.id,
              credits: ask.credits,
              note: ask.note,
              askedAt: labels.age(ask.askedAt, now),
            }))}
          />
        )}
        <LimitsForm
          slug={slug}
          limits={{ ...limits, members: limits.members.items, tokens: limits.tokens.items }}
          frames={{
            members: frame(people, limits.members, client("membersTitle"), LIMIT_ROWS.members),
            tokens:
              limits.tokens.total > 0 || tokens.look.q !== ""
                ? frame(tokens, limits.tokens, client("tokensTitle"), LIMIT_ROWS.tokens)
                : null,
          }}
          mayWrite={mayWrite}
        />
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

/** What stands around the rows of a long table: the field before them, and the other pages behind. */
const frame = (address: TableAddress, shown: TablePage<unknown>, table: string, rows = TABLE_ROWS) => ({
  find: <TableFind address={address} shown={shown} table={table} />,
  nothing: shown.total === 0 && address.look.q !== "" && <NothingFound address={address} table={table} />,
  pages: <TablePages address={address} shown={shown} table={table} rows={rows} />,
  isPart: shown.pages > 1,
});
