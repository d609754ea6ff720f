import Link from "next/link";
import { useTranslations } from "next-intl";
import { Notice } from "@/app/_ui/notice";

type Props = { slug: string; day: string; mayKeep: boolean };

/** Above every page of a team that is about to be deleted. */
export function DeletingBanner({ slug, day, mayKeep }: Props) {
  const t = useTranslations("general");
  return (
    <Notice tone="bad" title={t("bannerTitle", { day })} className="mb-4">
      <p>
        {t("bannerText")}{" "}
        {mayKeep ? (
          <Link href={`/t/${slug}/settings/general`} prefetch={false} className="link">
            {t("bannerKeep")}
          </Link>
        ) : (
          t("bannerAsk")
        )}
      </p>
    </Notice>
  );
}
