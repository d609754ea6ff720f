import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { SignOutButton } from "@/app/_ui/sign-out-button";
import { requireAccount } from "@/lib/auth/require-account";
import { AccountForm } from "./account-form";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("account"))("title"),
});

export default async function AccountPage() {
  const [t, languageText, account] = await Promise.all([
    getTranslations("account"),
    getTranslations("language"),
    requireAccount("/account"),
  ]);
  return (
    <>
      <header className="mb-4 flex flex-wrap items-center justify-between gap-3">
        <div>
          <h1>{t("title")}</h1>
          <p className="text-text-3">{t("lead", { email: account.email })}</p>
        </div>
        <SignOutButton label={t("signOut")} className="btn" />
      </header>
      <AccountForm
        account={{
          name: account.name,
          language: account.language,
          theme: account.theme,
          upColor: account.upColor,
        }}
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
          save: t("save"),
        }}
      />
    </>
  );
}
