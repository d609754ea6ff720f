import type { Metadata } from "next";
import { headers } from "next/headers";
import Link from "next/link";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { Notice } from "@/app/_ui/notice";
import { AuthCard } from "@/app/(public)/auth-card";
import { localPath } from "@/app/(public)/local-path";
import { currentAccount } from "@/lib/auth/current-account";
import { demoSignIn } from "@/lib/auth/demo-sign-in";
import { SignInForm } from "./sign-in-form";

type Props = { searchParams: Promise<Partial<Record<"next" | "done" | "email", string | string[]>>> };

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("auth"))("signInTitle"),
});

export default async function SignInPage({ searchParams }: Props) {
  const [t, account, { next, done, email }, asked] = await Promise.all([
    getTranslations("auth"),
    currentAccount(),
    searchParams,
    headers(),
  ]);
  const goal = localPath(next);
  if (account) redirect(goal);
  const demo = demoSignIn(asked);
  const person = demo?.people.find((one) => one.email === email);
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
        filled={{ email: person?.email, password: (person && demo?.password) ?? undefined }}
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
