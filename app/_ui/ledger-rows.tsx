"use client";
import { SoftLink } from "./soft-link";

export type LedgerRow = {
  id: string;
  receipt: { href: string; label: string } | null;
  at: string;
  moment: string;
  exactly: string;
  who: string;
  /** Under the name: how it was paid. */
  paid?: string | undefined;
  question: string;
  questionHint: string;
  /** Where the stored answer is shown, where it brought one. */
  answerHref: string | null;
  purpose: string;
  outcome: { text: string; tone: string; note?: { text: string; hint: string } | undefined; href: string | null };
  problem: string | null;
  /** How long the provider took; null where nothing was sent. */
  took: { text: string; status?: string | undefined } | null;
  amount: string;
};

type Props = {
  /** `LedgerRow[]` as JSON: React takes one text as it is, and visits each of many elements. */
  rowsJson: string;
  /** What every receipt's link says on hover, and what stands for nothing. */
  receiptHint: string;
  missing: string;
};

const SMALL = "block text-[0.71875rem] text-text-3 leading-tight";

/** The body of the ledger, from data in the reader's words. */
export function LedgerRows({ rowsJson, receiptHint, missing }: Props) {
  const rows = JSON.parse(rowsJson) as LedgerRow[];
  return (
    <tbody>
      {rows.map(({ id, receipt, at, question, questionHint, answerHref, problem, took, ...row }) => (
        <tr key={id}>
          <td className="when l text-text-2">
            {receipt && (
              <SoftLink
                href={receipt.href}
                className="receipt-link icon-receipt"
                aria-label={receipt.label}
                title={receiptHint}
              />
            )}
            <time dateTime={at} title={row.exactly}>
              {row.moment}
            </time>
          </td>
          <td className="who l">
            {row.who}
            {row.paid && <span className={SMALL}>{row.paid}</span>}
          </td>
          <td className="question l">
            {answerHref === null ? (
              <span title={questionHint}>{question}</span>
            ) : (
              <SoftLink href={answerHref} className="link" title={questionHint}>
                {question}
              </SoftLink>
            )}
          </td>
          <td className="for l text-text-3">{row.purpose}</td>
          <td className="outcome l">
            <Outcome {...row.outcome} />
            {problem && <span className={SMALL}>{problem}</span>}
          </td>
          <td className="answer text-text-2">
            {took === null ? <span className="missing text-text-3">{missing}</span> : took.text}
            {took?.status && <span className={SMALL}>{took.status}</span>}
          </td>
          <td className="amount">{row.amount}</td>
        </tr>
      ))}
    </tbody>
  );
}

/** The outcome in words; what it rests on beside it whenever that is more than the vendor's own price list. */
function Outcome({ text, tone, note, href }: LedgerRow["outcome"]) {
  const words = (
    <>
      <span className={tone}>{text}</span>
      {note && (
        <span className="text-text-3" title={note.hint}>
          {" "}
          {note.text}
        </span>
      )}
    </>
  );
  if (href === null) return words;
  return (
    <SoftLink href={href} className="underline decoration-line-strong underline-offset-2">
      {words}
    </SoftLink>
  );
}
