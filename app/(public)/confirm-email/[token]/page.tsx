import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { AuthCard } from "@/app/(public)/auth-card";
import { readEmailToConfirm } from "@/lib/accounts/confirm-email";
import { ConfirmEmailForm } from "./confirm-email-form";

type Props = { params: Promise<{ token: string }> };

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("auth"))("confirmTitle"),
});

/** Looking confirms nothing: mail programs open links to check them. */
export default async function ConfirmEmailPage({ params }: Props) {
  const { token } = await params;
  const [t, email] = await Promise.all([getTranslations("auth"), readEmailToConfirm(token)]);
  if (email === null) {
    return (
      <AuthCard title={t("linkGoneTitle")}>
        <p className="text-text-2">{t("confirmGoneText")}</p>
        <Link href="/account" className="btn btn-primary mt-3.5">
          {t("toAccount")}
        </Link>
      </AuthCard>
    );
  }
  return (
    <AuthCard title={t("confirmTitle")} lead={t("confirmLead", { email })}>
      <ConfirmEmailForm token={token} words={{ submit: t("submitConfirm") }} />
    </AuthCard>
  );
}
