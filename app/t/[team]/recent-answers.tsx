import { useLocale, useTranslations } from "next-intl";
import { useLabels } from "@/app/_ui/labels";
import { ReceiptLink, receiptHref } from "@/app/_ui/receipt-link";
import { SaveFoot } from "@/app/_ui/save-table";
import { SoftLink } from "@/app/_ui/soft-link";
import { categoryName } from "@/lib/insights/category-names";
import type { RecentAnswer } from "@/lib/insights/read-recent-answers";
import { questionSchema } from "@/lib/insights/schemas";
import { fullMoment } from "@/lib/platform/format/date";
import { exploreHref } from "./explore/address";

type Props = {
  slug: string;
  answers: RecentAnswer[];
  now: Date;
  timeZone: string;
  limit: number;
};

/** What the team has stored, newest first: each opens for nothing. */
export function RecentAnswers({ slug, answers, now, timeZone, limit }: Props) {
  const t = useTranslations("home");
  const locale = useLocale();
  const labels = useLabels();
  const questionText = ({ query: { category, ...query }, categoryName: name }: RecentAnswer) => {
    const learned = category === null ? [] : [{ id: category, name }];
    return labels.question({ ...query, category }, { categoryName: categoryName(category, learned, locale) });
  };
  return (
    <section className="sheet max-w-[62rem]">
      <header className="flex items-baseline justify-between gap-3 px-3.5 pt-3 pb-1.5">
        <h2>{t("storedTitle")}</h2>
        {answers.length === limit && <p className="text-text-3 text-xs">{t("storedMore", { count: limit })}</p>}
      </header>
      <table className="table recent cards" aria-label={t("storedTitle")}>
        <thead>
          <tr>
            <th scope="col" className="l pl-3.5!">
              {t("columnQuestion")}
            </th>
            <th scope="col">{t("columnRows")}</th>
            <th scope="col" className="l">
              {t("columnBuyer")}
            </th>
            <th scope="col">{t("columnAge")}</th>
          </tr>
        </thead>
        <tbody>
          {answers.map((answer) => (
            <tr key={answer.snapshotId}>
              <td className="l truncate sm:pl-3.5!">
                <SoftLink
                  href={exploreHref(slug, { question: questionSchema.parse(answer.query) })}
                  className="font-medium hover:underline"
                >
                  {questionText(answer)}
                </SoftLink>
              </td>
              <td className="text-text-2">
                {answer.total === null ? answer.rowCount : t("rowsOf", { rows: answer.rowCount, total: answer.total })}
              </td>
              <td className="person l text-text-2">{answer.boughtBy.name}</td>
              <td className="age text-text-2">
                <ReceiptLink href={receiptHref(slug, answer.receiptId)} what={questionText(answer)} />
                <time dateTime={answer.fetchedAt} title={fullMoment(answer.fetchedAt, locale, timeZone)}>
                  {labels.age(answer.fetchedAt, now)}
                </time>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <SaveFoot href={`/api/v1/insights/stored.csv?team=${slug}`} name={t("storedTitle")} />
    </section>
  );
}
