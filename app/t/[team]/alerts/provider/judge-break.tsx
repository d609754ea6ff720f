"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { toast } from "sonner";
import { callApi } from "@/app/_ui/call-api";
import { useAwake } from "@/app/_ui/use-awake";
import { useFailureText } from "@/app/_ui/use-failure-text";

type Verdict = "real" | "from_here" | null;
const CHOICES = [
  { verdict: "real", words: "real" },
  { verdict: "from_here", words: "fromHere" },
  { verdict: null, words: "open" },
] as const;

/** Says what a change was, or takes that back. */
export function JudgeBreak({ slug, id, verdict }: { slug: string; id: string; verdict: Verdict }) {
  const t = useTranslations("client");
  const failureText = useFailureText();
  const router = useRouter();
  const awake = useAwake();
  const [pending, setPending] = useState(false);
  const [refreshing, refresh] = useTransition();

  async function judge(next: Verdict) {
    setPending(true);
    const path = `/api/v1/provider-breaks/${id}/verdict?team=${encodeURIComponent(slug)}`;
    const result = await callApi(path, { method: "PUT", body: { verdict: next } });
    setPending(false);
    if (result.ok) refresh(() => router.refresh());
    else toast(failureText(result.problem));
  }

  return (
    <p className="mt-1 flex flex-wrap gap-2">
      {CHOICES.filter((choice) => choice.verdict !== verdict).map((choice) => (
        <button
          key={choice.words}
          type="button"
          className="btn"
          disabled={!awake || pending || refreshing}
          onClick={() => judge(choice.verdict)}
        >
          {t(`providerChanges.${choice.words}`)}
        </button>
      ))}
    </p>
  );
}
