import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Brand } from "./_ui/brand";
import { EmptyState } from "./_ui/empty-state";

export default async function NotFound() {
  const t = await getTranslations("missingPage");
  return (
    <main className="grid min-h-dvh content-center justify-items-center">
      <Brand />
      <EmptyState
        isPage
        title={t("title")}
        action={
          <Link href="/" className="btn">
            {t("action")}
          </Link>
        }
      >
        <p>{t("text")}</p>
      </EmptyState>
    </main>
  );
}
