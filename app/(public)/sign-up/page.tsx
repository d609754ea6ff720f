import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { AuthCard } from "@/app/(public)/auth-card";
import { currentAccount } from "@/lib/auth/current-account";
import { isSignUpOpen } from "@/lib/auth/sign-up-policy";
import { SignUpForm } from "./sign-up-form";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("auth"))("signUpTitle"),
});

export default async function SignUpPage() {
  const [t, locale, account, open] = await Promise.all([
    getTranslations("auth"),
    getLocale(),
    currentAccount(),
    isSignUpOpen(),
  ]);
  if (account) redirect("/");
  const below = (
    <>
      {t("haveAccount")}{" "}
      <Link href="/sign-in" className="link text-text">
        {t("submitSignIn")}
      </Link>
    </>
  );
  if (!open) {
    return (
      <AuthCard title={t("closedTitle")} below={below}>
        <p className="text-text-2">{t("closedText")}</p>
      </AuthCard>
    );
  }
  return (
    <AuthCard title={t("signUpTitle")} lead={t("signUpLead")} below={below}>
      <SignUpForm
        language={locale}
        words={{
          name: t("name"),
          email: t("email"),
          password: t("password"),
          passwordHint: t("passwordHint"),
          submit: t("submitSignUp"),
        }}
      />
    </AuthCard>
  );
}
