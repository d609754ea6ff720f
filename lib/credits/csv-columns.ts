import "server-only";
import type { CsvCell, CsvColumn } from "@/lib/platform/csv";
import { isoDate } from "@/lib/platform/format/date";
import { exactMoney, type Price } from "@/lib/platform/format/money";
import type { Statement, StatementFigures, StatementLine } from "./read-statement";
import type { CreditSummary, LedgerEntry } from "./schemas";

/** Credits in money, to the last decimal, and its currency; both empty when the team set no price. */
export function moneyColumns<Row>(
  price: Price | null,
  creditsOf: (row: Row) => number,
): [CsvColumn<Row>, CsvColumn<Row>] {
  const amount = (row: Row): CsvCell => price && { decimal: exactMoney(creditsOf(row), price) };
  return [
    { key: "amount", value: amount },
    { key: "currency", value: () => price?.currency ?? null },
  ];
}

/** The columns of the ledger. Moments are in UTC; `date` is the team's. */
export function entryColumns(timeZone: string, price: Price | null): CsvColumn<LedgerEntry>[] {
  return [
    { key: "request_id", value: ({ id }) => id },
    { key: "at", value: ({ at }) => at },
    { key: "date", value: ({ at }) => isoDate(at, timeZone) },
    { key: "upstream", value: ({ upstream }) => upstream },
    { key: "member_id", value: ({ member }) => member.id },
    { key: "member", value: ({ member }) => member.name },
    { key: "paid_by", value: ({ paidBy }) => paidBy },
    { key: "token", value: ({ tokenName }) => tokenName },
    { key: "purpose", value: ({ purpose }) => purpose },
    { key: "region", value: ({ query }) => query.region },
    { key: "window", value: ({ query }) => query.window },
    { key: "category_id", value: ({ query }) => query.category },
    { key: "category", value: ({ query }) => query.categoryName },
    { key: "keyword", value: ({ query }) => query.q },
    { key: "page", value: ({ query }) => query.page },
    { key: "outcome", value: ({ outcome }) => outcome },
    { key: "basis", value: ({ basis }) => basis },
    { key: "problem", value: ({ problem }) => problem },
    { key: "credits", value: ({ credits }) => credits },
    ...moneyColumns<LedgerEntry>(price, ({ credits }) => credits),
    { key: "upstream_request_id", value: ({ upstreamRequestId }) => upstreamRequestId },
    { key: "http_status", value: ({ httpStatus }) => httpStatus },
    { key: "latency_ms", value: ({ latencyMs }) => latencyMs },
    { key: "rows", value: ({ rowCount }) => rowCount },
  ];
}

/** The columns of a summary's groups. `amount` is what was spent, in money. */
export const summaryColumns = (price: Price | null): CsvColumn<CreditSummary["groups"][number]>[] => [
  { key: "group", value: ({ key }) => key },
  { key: "name", value: ({ name }) => name },
  { key: "spent", value: ({ spent }) => spent },
  { key: "held", value: ({ held }) => held },
  { key: "unsettled", value: ({ unsettled }) => unsettled },
  { key: "limit", value: ({ limit }) => limit },
  { key: "requests", value: ({ requests }) => requests },
  { key: "free", value: ({ free }) => free },
  ...moneyColumns<CreditSummary["groups"][number]>(price, ({ spent }) => spent),
];

type StatementRow = Partial<StatementFigures> & { section: string; key: string; name: string };

const figure = (key: keyof StatementFigures, name: string): CsvColumn<StatementRow> => ({
  key: name,
  value: (row) => row[key] ?? null,
});

/** The columns of a statement's lines. What a line says nothing about is empty. */
export const statementColumns = (price: Price | null): CsvColumn<StatementRow>[] => [
  { key: "section", value: ({ section }) => section },
  { key: "group", value: ({ key }) => key },
  { key: "name", value: ({ name }) => name },
  figure("requests", "requests"),
  figure("documented", "charged_documented"),
  figure("assumed", "charged_assumed"),
  figure("byHand", "charged_by_hand"),
  figure("charged", "charged"),
  figure("unsettled", "unsettled"),
  figure("held", "held"),
  ...moneyColumns<StatementRow>(price, ({ charged = 0 }) => charged),
];

/** A statement as rows: each section adds up to `total`, but for what belongs to other periods. */
export function statementRows({ period, total, before, corrections, ...lists }: Statement): StatementRow[] {
  const span = `${period.from}/${period.to}`;
  const section = (name: string, lines: StatementLine[]) => lines.map((line) => ({ section: name, ...line }));
  return [
    { section: "before", key: period.from, name: "", charged: before.charged, unsettled: before.unsettled },
    { section: "total", key: span, name: "", ...total },
    {
      section: "corrections_of_earlier",
      key: span,
      name: "",
      requests: corrections.events,
      charged: corrections.credits,
    },
    ...section("member", lists.byMember),
    ...section("purpose", lists.byPurpose),
    ...section("day", lists.byDay),
  ];
}
