import { useLocale, useTranslations } from "next-intl";
import { useSize } from "@/app/_ui/use-size";
import type { RawRetention } from "@/lib/insights/schemas";
import { exactNumber } from "@/lib/platform/format/number";

/** What a retention of raw answers frees, what stays, and what was forgotten before. */
export function RawRetentionFacts({ retention }: { retention: RawRetention }) {
  const t = useTranslations("client.rawRetention");
  const locale = useLocale();
  const size = useSize();
  const { freed, kept, forgotten } = retention;
  const told = ({ answers, bytes }: RawRetention["freed"]) => ({
    count: answers,
    number: exactNumber(answers, locale),
    size: size(bytes),
  });
  return (
    <div className="num mt-1.5 grid gap-1 text-pretty text-text-2 text-xs">
      <p>
        {t("freed", told(freed))} {t("kept", told(kept))}
      </p>
      {forgotten.answers > 0 && <p>{t("forgotten", told(forgotten))}</p>}
      <p>{t("note")}</p>
    </div>
  );
}
