"use client";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { callApi } from "@/app/_ui/call-api";
import { Notice } from "@/app/_ui/notice";
import type { Problem } from "@/app/_ui/problem";
import { TextField } from "@/app/_ui/text-field";
import { useFailureText } from "@/app/_ui/use-failure-text";
import { CopyText } from "./copy-text";
import { type ApiDocument, type Operation, operationsOf } from "./operations";

type Props = {
  /** What each call does in the reader's language, by method and path; where there is none, the description's own. */
  summaries: Record<string, string>;
};

/** Every call of the API, to look through: read from the server's own description, so that it never lags behind. */
export function ApiReference({ summaries }: Props) {
  const t = useTranslations("client.apiHelp");
  const failureText = useFailureText();
  const [operations, setOperations] = useState<Operation[]>([]);
  const [failure, setFailure] = useState<Problem | null>(null);
  const [wanted, setWanted] = useState("");

  useEffect(() => {
    let isShown = true;
    void callApi<ApiDocument>("/api/v1/openapi.json", { method: "GET" }).then((answer) => {
      if (!isShown) return;
      if (answer.ok) setOperations(operationsOf(answer.data));
      else setFailure(answer.problem);
    });
    return () => {
      isShown = false;
    };
  }, []);

  if (failure) {
    return (
      <Notice tone="bad" className="mt-3">
        <p>{failureText(failure)}</p>
      </Notice>
    );
  }
  if (operations.length === 0) {
    return (
      <p role="status" className="mt-3 min-h-40 text-text-3">
        {t("loading")}
      </p>
    );
  }
  const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = operations.flatMap((operation) => {
    const { method, path } = operation;
    const summary = summaries[`${method} ${path}`] ?? operation.summary;
    // Whoever looks for a word of the description finds the call in either language.
    const text = `${method} ${path} ${summary} ${operation.summary}`.toLowerCase();
    return words.every((word) => text.includes(word)) ? [{ ...operation, summary }] : [];
  });
  return (
    <div className="mt-2 grid gap-3">
      <div className="max-w-[24rem]">
        <TextField
          label={t("find")}
          name="find"
          type="search"
          autoComplete="off"
          value={wanted}
          onChange={(event) => setWanted(event.target.value)}
        />
      </div>
      <p role="status" className="text-text-3 text-xs">
        {t("shown", { count: shown.length })}
      </p>
      <ul className="sheet divide-y divide-line">
        {shown.map((operation) => (
          <li key={operation.id}>
            <Call operation={operation} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function Call({ operation }: { operation: Operation }) {
  const t = useTranslations("client.apiHelp");
  const { method, path, summary, access } = operation;
  // What nobody opened is not drawn: there are some hundred calls, each with dozens of lines.
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary className="grid cursor-pointer gap-x-3 gap-y-0.5 px-3.5 py-2 hover:bg-sunk sm:grid-cols-[minmax(0,1fr)_auto]">
        <span className="num min-w-0 break-words">
          <strong className="inline-block min-w-14 font-semibold text-accent">{method}</strong> {path}
          <span className="block text-pretty text-text-2">{summary}</span>
        </span>
        <span className="text-text-3 text-xs">{t(`access.${access}`)}</span>
      </summary>
      {isOpen && <CallBody operation={operation} />}
    </details>
  );
}

function CallBody({ operation }: { operation: Operation }) {
  const t = useTranslations("client.apiHelp");
  const { method, path, description, fields, statuses, curl } = operation;
  return (
    <div className="grid gap-3 border-line border-t px-3.5 py-3">
      {description && (
        <p className="max-w-[44rem] text-pretty text-text-2">
          <WithCode text={description} />
        </p>
      )}
      <CopyText text={curl} label={t("command", { what: `${method} ${path}` })} />
      {fields.length > 0 && (
        <dl className="grid gap-1">
          {fields.map(({ name, place, type, required }) => (
            <div key={`${place} ${name}`} className="flex flex-wrap gap-x-2">
              <dt className="font-medium">{name}</dt>
              <dd className="min-w-0 break-words text-text-2">
                {type} · {t(`place.${place}`)}
                {required && ` · ${t("required")}`}
              </dd>
            </div>
          ))}
        </dl>
      )}
      <dl className="grid gap-1">
        {statuses.map(({ status, text }) => (
          <div key={status} className="flex gap-x-2">
            <dt className="num font-medium">{status}</dt>
            <dd className="min-w-0 break-words text-text-2">
              <WithCode text={text} />
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

/** The description's words, with what stands between backticks as code. */
const WithCode = ({ text }: { text: string }) =>
  text.split("`").map((part, index) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of one fixed text
    index % 2 === 1 ? <code key={index}>{part}</code> : part,
  );
