import Link from "next/link";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Brand } from "@/app/_ui/brand";
import { LanguageSwitch } from "@/app/_ui/language-switch";
import { currentAccount } from "@/lib/auth/current-account";

export default async function PublicLayout({ children }: { children: ReactNode }) {
  const [t, account] = await Promise.all([getTranslations(), currentAccount()]);
  return (
    <div className="mx-auto flex min-h-dvh max-w-[68rem] flex-col px-4 sm:px-6">
      <a href="#content" className="skip">
        {t("app.skip")}
      </a>
      <header className="flex min-h-14 items-center justify-between gap-3">
        <Link href="/">
          <Brand />
        </Link>
        {account ? (
          <Link href="/account" className="btn btn-quiet">
            {account.name}
          </Link>
        ) : (
          <LanguageSwitch label={t("language.label")} />
        )}
      </header>
      <main id="content" tabIndex={-1} className="grow pb-16 outline-none">
        {children}
      </main>
    </div>
  );
}
