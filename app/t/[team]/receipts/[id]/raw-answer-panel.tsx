import { useLocale, useTranslations } from "next-intl";
import { ScrollRegion } from "@/app/_ui/scroll-region";
import { useSize } from "@/app/_ui/use-size";
import type { RawAnswer } from "@/lib/insights/read-raw-answer";
import type { FullReceipt } from "@/lib/insights/schemas";
import { fullMoment } from "@/lib/platform/format/date";
import { RowPicker } from "./row-picker";

type Props = {
  receipt: FullReceipt;
  answer: Pick<RawAnswer, "text" | "isCut"> | null;
  slug: string;
  timeZone: string;
  /** The row that is shown above, if one is. */
  place: number | null;
};

/** The answer as it came, to read and to download; or what became of it. */
export function RawAnswerPanel({ receipt, answer, slug, timeZone, place }: Props) {
  const t = useTranslations("receipts");
  const locale = useLocale();
  const size = useSize();
  const { raw } = receipt;
  return (
    <section className="sheet p-3.5" aria-labelledby="receipt-raw">
      <h2 id="receipt-raw">{t("rawTitle")}</h2>
      <p className="num mt-0.5 text-pretty text-text-2">{state()}</p>
      {place === null && <RowPicker receipt={receipt} slug={slug} place={null} />}
      {answer && (
        <>
          <details className="mt-3" open={place === null}>
            <summary className="link w-fit cursor-pointer">{t("rawShow")}</summary>
            <ScrollRegion label={t("rawText")} className="raw mt-1.5">
              <pre lang="en" dir="ltr">
                {answer.text}
              </pre>
            </ScrollRegion>
            {answer.isCut && <p className="mt-1.5 text-text-3">{t("rawCut")}</p>}
          </details>
          <p className="mt-3">
            <a href={`/api/v1/receipts/${receipt.id}/raw?team=${slug}`} download className="btn">
              {t("rawDownload")}
            </a>
          </p>
        </>
      )}
      {raw.sha256 && (
        <p className="mt-3 text-text-3 text-xs">
          {t("fingerprint")}
          <code className="block break-all">{raw.sha256}</code>
        </p>
      )}
    </section>
  );

  function state(): string {
    if (raw.state === "kept") return t("rawFacts", { size: size(raw.bytes ?? 0) });
    if (raw.state === "forgotten" && raw.forgottenAt) {
      return t("rawForgotten", { when: fullMoment(raw.forgottenAt, locale, timeZone), size: size(raw.bytes ?? 0) });
    }
    return t(receipt.outcome === "held" ? "rawUnderWay" : "rawNone");
  }
}
