import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { EmptyState } from "@/app/_ui/empty-state";

/** Inside the shell for who is in the team: what is gone, or never was, is one step away from all that is there. */
export default async function TeamPageNotFound() {
  const t = await getTranslations("missingPage");
  return (
    <EmptyState
      isPage
      title={t("title")}
      action={
        <Link href="/" prefetch={false} className="btn">
          {t("action")}
        </Link>
      }
    >
      <p>{t("text")}</p>
    </EmptyState>
  );
}
