import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { getLabels } from "@/app/_ui/labels";
import { Notice } from "@/app/_ui/notice";
import { Opened } from "@/app/_ui/opened";
import { PageHeader } from "@/app/_ui/page-header";
import { isMissing, pageMissing } from "@/app/_ui/page-missing";
import { requireTeam } from "@/app/t/[team]/_shell/require-team";
import { dataMark } from "@/app/t/[team]/_shell/team-facts";
import { topCategoryName } from "@/lib/insights/category-names";
import { readRawAnswer } from "@/lib/insights/read-raw-answer";
import { readRawRow } from "@/lib/insights/read-raw-row";
import { readReceipt } from "@/lib/insights/read-receipt";
import { receiptIdSchema } from "@/lib/insights/schemas";
import { RawAnswerPanel } from "./raw-answer-panel";
import { RawRowPanel } from "./raw-row-panel";
import { ReceiptEvents } from "./receipt-events";
import { ReceiptFacts } from "./receipt-facts";

type Props = {
  params: Promise<{ team: string; id: string }>;
  searchParams: Promise<{ row?: string | string[] }>;
};

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("receipts"))("title"),
});

export default async function ReceiptPage({ params, searchParams }: Props) {
  const [{ team: slug, id }, address] = await Promise.all([params, searchParams]);
  const ctx = await requireTeam(slug, `/receipts/${encodeURIComponent(id)}`);
  if (!receiptIdSchema.safeParse(id).success) notFound();
  const asked = typeof address.row === "string" ? address.row : null;
  const place = asked && /^\d{1,3}$/.test(asked) ? Number(asked) : null;
  const [t, locale, labels, receipt, row, answer, mark] = await Promise.all([
    getTranslations("receipts"),
    getLocale(),
    getLabels(),
    readReceipt(ctx, id).catch(pageMissing),
    place === null ? null : readRawRow(ctx, id, place).catch(nothing),
    readRawAnswer(ctx, id).catch(nothing),
    dataMark(ctx),
  ]);
  const { query } = receipt;
  const categoryName = query.categoryName && topCategoryName(query.categoryName, locale);
  const shared = { receipt, slug, timeZone: ctx.team.timeZone };

  return (
    <>
      <PageHeader
        above={{ slug, section: "credits" }}
        title={t("title")}
        subtitle={labels.question(query, { categoryName })}
        mark={mark}
      />
      <Opened slug={slug} receiptIds={[receipt.id]} />
      {asked !== null && !row && (
        <Notice tone="warn" className="mb-3" isAlert>
          <p>{t("rowMissing", { place: asked, count: receipt.rowCount ?? 0 })}</p>
        </Notice>
      )}
      <div className="grid grid-cols-1 items-start gap-3.5 lg:grid-cols-[minmax(0,1fr)_26rem]">
        <div className="grid min-w-0 grid-cols-1 gap-3.5">
          {row && <RawRowPanel {...shared} row={row} />}
          <RawAnswerPanel {...shared} answer={answer} place={row?.place ?? null} />
        </div>
        <div className="grid min-w-0 grid-cols-1 gap-3.5 max-lg:order-first">
          <ReceiptFacts {...shared} categoryName={categoryName} />
          {receipt.details && <ReceiptEvents events={receipt.details.events} timeZone={ctx.team.timeZone} />}
        </div>
      </div>
    </>
  );
}

/** A row that the answer does not have, an answer that is forgotten: the page says so. */
function nothing(error: unknown): null {
  if (isMissing(error)) return null;
  throw error;
}
