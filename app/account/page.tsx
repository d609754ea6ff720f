import { Download } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { getLabels } from "@/app/_ui/labels";
import { Notice } from "@/app/_ui/notice";
import { SignOutButton } from "@/app/_ui/sign-out-button";
import { type Address, tableAddress } from "@/app/_ui/table-address";
import { NothingFound, TableFind } from "@/app/_ui/table-find";
import { TablePages } from "@/app/_ui/table-pages";
import { readPendingEmail } from "@/lib/accounts/change-email";
import { readTeamsOwnedAlone } from "@/lib/accounts/delete-account";
import { readSessionsPage } from "@/lib/accounts/read-sessions";
import type { SignedInSession } from "@/lib/accounts/schemas";
import { readSecondFactor } from "@/lib/accounts/second-factor";
import { requireAccount } from "@/lib/auth/require-account";
import { RANKING_COLUMNS } from "@/lib/auth/schemas";
import { day } from "@/lib/platform/format/date";
import { AccountForm } from "./account-form";
import { DeleteForm } from "./delete-form";
import { EmailForm } from "./email-form";
import { PasswordForm } from "./password-form";
import { SecondFactor } from "./second-factor";
import { Section } from "./section";
import { SessionList } from "./session-list";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("account"))("title"),
});

type Props = { searchParams: Promise<Address> };

export default async function AccountPage({ searchParams }: Props) {
  const account = await requireAccount("/account");
  const given = await searchParams;
  const { needs } = given;
  const address = tableAddress("/account", given, "sessions");
  const [t, auth, metric, languageText, locale, labels, pendingEmail, sessions, factor, ownedAlone] = await Promise.all(
    [
      getTranslations("account"),
      getTranslations("auth"),
      getTranslations("metric"),
      getTranslations("language"),
      getLocale(),
      getLabels(),
      readPendingEmail(account),
      readSessionsPage(account, address.look),
      readSecondFactor(account),
      readTeamsOwnedAlone(account),
    ],
  );
  const now = new Date();
  const deviceText = ({ browser, system }: SignedInSession) =>
    browser && system ? t("device", { browser, system }) : (browser ?? system ?? t("deviceUnknown"));
  return (
    <>
      <header className="mb-4 flex flex-wrap items-center justify-between gap-3">
        <div>
          <h1>{t("title")}</h1>
          <p className="text-text-3">{t("lead", { email: account.email })}</p>
        </div>
        <SignOutButton label={t("signOut")} className="btn" />
      </header>
      <div className="grid gap-4">
        <AccountForm
          account={{
            name: account.name,
            language: account.language,
            theme: account.theme,
            upColor: account.upColor,
            rankingColumns: account.rankingColumns,
          }}
          columns={RANKING_COLUMNS.map((name) => ({ name, label: metric(`${name}.label`) }))}
          words={{
            profile: t("profile"),
            name: t("name"),
            nameHint: t("nameHint"),
            reading: t("reading"),
            language: t("language"),
            languageAuto: languageText("auto"),
            theme: t("theme"),
            themeAuto: t("themeAuto"),
            themeLight: t("themeLight"),
            themeDark: t("themeDark"),
            upColor: t("upColor"),
            upColorHint: t("upColorHint"),
            upColorAuto: t("upColorAuto"),
            upColorGreen: t("upColorGreen"),
            upColorRed: t("upColorRed"),
            columns: t("columns"),
            columnsHint: t("columnsHint"),
            save: t("save"),
          }}
        />
        <Section title={t("email")} lead={t("emailLead", { email: account.email })}>
          {pendingEmail && <Notice tone="plain">{t("emailPending", { email: pendingEmail })}</Notice>}
          <EmailForm
            words={{
              email: t("newEmail"),
              hint: t("newEmailHint"),
              currentPassword: t("currentPassword"),
              submit: t("submitEmail"),
              done: t("emailDone"),
            }}
          />
        </Section>
        <Section title={t("password")}>
          <PasswordForm
            email={account.email}
            words={{
              currentPassword: t("currentPassword"),
              password: t("newPassword"),
              hint: auth("passwordHint"),
              endOthers: t("endOthersToo"),
              submit: t("submitPassword"),
              done: t("passwordDone"),
            }}
          />
        </Section>
        <Section
          id="second-factor"
          title={t("secondFactor")}
          lead={
            factor
              ? t("secondFactorOn", { day: day(factor.since, now, locale, "UTC"), left: factor.recoveryCodesLeft })
              : t("secondFactorLead")
          }
        >
          {needs === "second-factor" && !factor && <Notice tone="warn">{t("secondFactorWanted")}</Notice>}
          <SecondFactor
            isOn={factor !== null}
            words={{
              currentPassword: t("currentPassword"),
              code: auth("code"),
              codeHint: auth("codeHint"),
              confirmHint: t("secondFactorConfirmHint"),
              start: t("secondFactorStart"),
              scan: t("secondFactorScan"),
              qr: t("secondFactorQr"),
              byHand: t("secondFactorByHand"),
              confirm: t("secondFactorConfirm"),
              codesTitle: t("codesTitle"),
              codesText: t("codesText"),
              codesDone: t("codesDone"),
              off: t("secondFactorOff"),
              offHint: t("secondFactorOffHint"),
              renew: t("secondFactorRenew"),
              renewHint: t("secondFactorRenewHint"),
            }}
          />
        </Section>
        <Section title={t("sessions")} lead={t("sessionsLead")}>
          <TableFind address={address} shown={sessions} table={t("sessions")} />
          {sessions.total === 0 && <NothingFound address={address} table={t("sessions")} />}
          <SessionList
            hasOthers={sessions.total > 1}
            sessions={sessions.items.map((session) => ({
              id: session.id,
              isCurrent: session.isCurrent,
              device: deviceText(session),
              endLabel: t("endSessionOf", { device: deviceText(session) }),
              facts: t("sessionFacts", {
                address: session.address ?? t("addressUnknown"),
                since: labels.age(session.createdAt, now),
                used: labels.age(session.lastSeenAt, now),
              }),
            }))}
            words={{
              title: t("sessions"),
              current: t("thisBrowser"),
              end: t("endSession"),
              endOthers: t("endOthers"),
              failed: t("endFailed"),
            }}
          />
          <TablePages address={address} shown={sessions} table={t("sessions")} />
        </Section>
        <Section title={t("data")} lead={t("dataLead")}>
          <div>
            <a href="/api/v1/account/export" download className="btn">
              <Download size={15} aria-hidden="true" />
              {t("export")}
            </a>
          </div>
          {ownedAlone.length > 0 ? (
            <div className="text-text-2">
              <p>{t("ownsTeams")}</p>
              <ul className="mt-1 list-disc pl-5">
                {ownedAlone.map(({ slug, name }) => (
                  <li key={slug}>
                    <Link href={`/t/${slug}/settings/members`} prefetch={false} className="link text-text">
                      {name}
                    </Link>
                  </li>
                ))}
              </ul>
            </div>
          ) : (
            <DeleteForm
              withCode={factor !== null}
              words={{
                summary: t("delete"),
                hint: t("deleteHint"),
                confirmation: t("deleteConfirmation", { email: account.email }),
                currentPassword: t("currentPassword"),
                code: auth("code"),
                codeHint: auth("codeHint"),
                submit: t("deleteSubmit"),
              }}
            />
          )}
        </Section>
      </div>
    </>
  );
}
