import Link from "next/link";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Brand } from "@/app/_ui/brand";
import { wordsLayout } from "@/app/_ui/words-layout";

const Words = wordsLayout("toast");

export default async function AccountLayout({ children }: { children: ReactNode }) {
  const t = await getTranslations();
  return (
    <div className="mx-auto min-h-dvh max-w-[40rem] px-4 sm:px-6">
      <a href="#content" className="skip">
        {t("app.skip")}
      </a>
      <header className="flex min-h-14 items-center justify-between gap-3">
        <Link href="/">
          <Brand />
        </Link>
        <Link href="/" className="btn btn-quiet -mr-2">
          {t("account.back")}
        </Link>
      </header>
      <main id="content" tabIndex={-1} className="pt-4 pb-16 outline-none">
        <Words>{children}</Words>
      </main>
    </div>
  );
}
