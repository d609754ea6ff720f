"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { callApi } from "@/app/_ui/call-api";
import { useAwake } from "@/app/_ui/use-awake";
import { useFailureText } from "@/app/_ui/use-failure-text";
import type { TableFrame } from "./limit-rows";

export type AskRow = { id: string; name: string; isOwn: boolean; credits: number; note: string; askedAt: string };

type Props = {
  slug: string;
  asks: AskRow[];
  frame: TableFrame;
  mayGrant: boolean;
  periodName: string;
};

/** Members who ask for more in this period: granted with one click, or one's own ask to take back. */
export function OpenAsks({ slug, asks, frame, mayGrant, periodName }: Props) {
  const t = useTranslations("client.ask");
  return (
    <section className="sheet p-4 sm:p-5" aria-label={t("title")}>
      <h2>{t("title")}</h2>
      {frame.find}
      {frame.nothing}
      <ul className="mt-1 grid divide-y divide-line">
        {asks.map((ask) => (
          <OpenAsk key={ask.id} slug={slug} ask={ask} mayGrant={mayGrant} periodName={periodName} />
        ))}
      </ul>
      {frame.pages}
    </section>
  );
}

function OpenAsk({ slug, ask, mayGrant, periodName }: Omit<Props, "asks" | "frame"> & { ask: AskRow }) {
  const t = useTranslations("client.ask");
  const failureText = useFailureText();
  const router = useRouter();
  const awake = useAwake();
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);

  async function send(step: "grant" | "decline" | "withdraw") {
    setPending(true);
    setFailure(null);
    const here = `/api/v1/credits/limit-requests/${ask.id}`;
    const team = `?team=${encodeURIComponent(slug)}`;
    const result = await (step === "withdraw"
      ? callApi(`${here}${team}`, { method: "DELETE" })
      : callApi(`${here}/${step}${team}`, {
          method: "POST",
          body: step === "grant" ? { credits: ask.credits } : {},
        }));
    setPending(false);
    if (result.ok) toast(t(`done.${step}`));
    else {
      setFailure(failureText(result.problem));
    }
    router.refresh();
  }

  const button = { type: "button", disabled: !awake || pending, "data-asleep": awake ? undefined : "" } as const;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 py-2.5 last:pb-0">
      <div className="num min-w-0 grow basis-56">
        <p>
          <strong className="font-medium">{ask.name}</strong> {t("asks", { credits: ask.credits })}
          <span className="ml-2 text-text-3 text-xs">{ask.askedAt}</span>
        </p>
        {ask.note && <p className="break-words text-text-2">{ask.note}</p>}
      </div>
      <div className="flex flex-wrap gap-2">
        {mayGrant && (
          <>
            <button {...button} className="btn btn-primary num" onClick={() => send("grant")}>
              {t("grant", { credits: ask.credits, period: periodName })}
            </button>
            <button {...button} className="btn" onClick={() => send("decline")}>
              {t("decline")}
            </button>
          </>
        )}
        {ask.isOwn && (
          <button {...button} className="btn btn-quiet" onClick={() => send("withdraw")}>
            {t("withdraw")}
          </button>
        )}
      </div>
      {failure && (
        <p role="alert" className="notice notice-bad w-full">
          {failure}
        </p>
      )}
    </li>
  );
}
