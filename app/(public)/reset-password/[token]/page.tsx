import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { AuthCard } from "@/app/(public)/auth-card";
import { isResetLinkAlive } from "@/lib/accounts/reset-password";
import { ResetPasswordForm } from "./reset-password-form";

type Props = { params: Promise<{ token: string }> };

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("auth"))("resetTitle"),
});

export default async function ResetPasswordPage({ params }: Props) {
  const { token } = await params;
  const [t, alive] = await Promise.all([getTranslations("auth"), isResetLinkAlive(token)]);
  if (!alive) {
    return (
      <AuthCard title={t("linkGoneTitle")}>
        <p className="text-text-2">{t("resetGoneText")}</p>
        <Link href="/forgot-password" className="btn btn-primary mt-3.5">
          {t("askAgain")}
        </Link>
      </AuthCard>
    );
  }
  return (
    <AuthCard title={t("resetTitle")} lead={t("resetLead")}>
      <ResetPasswordForm
        token={token}
        words={{ password: t("newPassword"), hint: t("passwordHint"), submit: t("submitReset") }}
      />
    </AuthCard>
  );
}
