import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Notice } from "@/app/_ui/notice";
import { AuthCard } from "@/app/(public)/auth-card";
import { isMailOn } from "@/lib/mail/is-mail-on";
import { ForgotPasswordForm } from "./forgot-password-form";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("auth"))("forgotTitle"),
});

export default async function ForgotPasswordPage() {
  const t = await getTranslations("auth");
  return (
    <AuthCard
      title={t("forgotTitle")}
      lead={t("forgotLead")}
      below={
        <Link href="/sign-in" className="link text-text">
          {t("backToSignIn")}
        </Link>
      }
    >
      {!isMailOn() && (
        <Notice tone="warn" className="mb-3.5">
          {t("noMail")}
        </Notice>
      )}
      <ForgotPasswordForm
        words={{
          email: t("email"),
          submit: t("submitForgot"),
          doneTitle: t("forgotDoneTitle"),
          doneText: t("forgotDoneText"),
        }}
      />
    </AuthCard>
  );
}
