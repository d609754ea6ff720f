import Link from "next/link";
import { useTranslations } from "next-intl";
import { useBreakWords } from "@/app/_ui/break-words";
import { Notice } from "@/app/_ui/notice";
import type { ProviderBreak } from "@/lib/insights/break-schemas";

type Props = {
  slug: string;
  /** Newest first; only those of `place` are told, where one is given. */
  breaks: readonly ProviderBreak[];
  place?: { regions?: readonly string[]; window?: string };
};

/** Says that the provider changed its answers, so that nothing is compared across; nothing where it did not. */
export function BreakNotice({ slug, breaks, place = {} }: Props) {
  const t = useTranslations("providerChanges");
  const words = useBreakWords();
  const told = breaks.filter(
    ({ region, window }) =>
      (place.regions?.includes(region) ?? true) && (place.window === undefined || place.window === window),
  );
  const [first] = told;
  if (!first) return null;
  return (
    <Notice tone="warn" title={t("noticeTitle")} className="mb-3">
      <p className="num">
        {words.where(first)}: {words.sentence(first)}
        {told.length > 1 && ` · ${t("noticeMore", { count: told.length - 1 })}`}
      </p>
      <p>
        {t("notice")}{" "}
        <Link href={`/t/${slug}/alerts/provider`} prefetch={false} className="link">
          {t("noticeLink")}
        </Link>
      </p>
    </Notice>
  );
}
