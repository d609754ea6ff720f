import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { AuthCard } from "@/app/(public)/auth-card";
import { localPath } from "@/app/(public)/local-path";
import { currentAccount } from "@/lib/auth/current-account";
import { isSignUpOpen, openInvitation } from "@/lib/auth/sign-up-policy";
import { SignUpForm } from "./sign-up-form";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("auth"))("signUpTitle"),
});

type Props = { searchParams: Promise<{ next?: string | string[] }> };

export default async function SignUpPage({ searchParams }: Props) {
  const { next } = await searchParams;
  const goal = localPath(next);
  const token = /^\/invite\/([\w-]+)$/.exec(goal)?.[1];
  const [t, locale, account, open, invitation] = await Promise.all([
    getTranslations("auth"),
    getLocale(),
    currentAccount(),
    isSignUpOpen(),
    token ? openInvitation(token) : null,
  ]);
  if (account) redirect(goal);
  const below = (
    <>
      {t("haveAccount")}{" "}
      <Link href={next ? `/sign-in?next=${encodeURIComponent(goal)}` : "/sign-in"} className="link text-text">
        {t("submitSignIn")}
      </Link>
    </>
  );
  if (!open && !invitation) {
    return (
      <AuthCard title={t("closedTitle")} below={below}>
        <p className="text-text-2">{t("closedText")}</p>
      </AuthCard>
    );
  }
  return (
    <AuthCard title={t("signUpTitle")} lead={t(invitation ? "signUpLeadInvited" : "signUpLead")} below={below}>
      <SignUpForm
        language={locale}
        goal={goal === "/" ? "/teams/new" : goal}
        invitation={token}
        email={invitation?.email ?? undefined}
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
