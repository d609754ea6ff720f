import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { Notice } from "@/app/_ui/notice";
import { AuthCard } from "@/app/(public)/auth-card";
import { localPath } from "@/app/(public)/local-path";
import { currentAccount } from "@/lib/auth/current-account";
import { SignInForm } from "./sign-in-form";

type Props = { searchParams: Promise<{ next?: string | string[]; done?: string | string[] }> };

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("auth"))("signInTitle"),
});

export default async function SignInPage({ searchParams }: Props) {
  const [t, account, { next, done }] = await Promise.all([getTranslations("auth"), currentAccount(), searchParams]);
  const goal = localPath(next);
  if (account) redirect(goal);
  return (
    <AuthCard
      title={t("signInTitle")}
      below={
        <>
          {t("noAccount")}{" "}
          <Link href={next ? `/sign-up?next=${encodeURIComponent(goal)}` : "/sign-up"} className="link text-text">
            {t("submitSignUp")}
          </Link>
        </>
      }
    >
      {done === "reset" && (
        <Notice tone="plain" className="mb-3.5">
          {t("resetDone")}
        </Notice>
      )}
      <SignInForm
        goal={goal}
        words={{
          email: t("email"),
          password: t("password"),
          code: t("code"),
          codeHint: t("codeHint"),
          submit: t("submitSignIn"),
        }}
      />
      <p className="mt-3.5">
        <Link href="/forgot-password" className="link text-text-2">
          {t("forgot")}
        </Link>
      </p>
    </AuthCard>
  );
}
