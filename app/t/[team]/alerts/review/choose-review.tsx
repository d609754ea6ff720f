"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { toast } from "sonner";
import { callApi } from "@/app/_ui/call-api";
import { useAwake } from "@/app/_ui/use-awake";
import { useFailureText } from "@/app/_ui/use-failure-text";

/** Whether one gets the review by mail. */
export function ChooseReview({ slug, isMine }: { slug: string; isMine: boolean }) {
  const t = useTranslations("client");
  const failureText = useFailureText();
  const router = useRouter();
  const awake = useAwake();
  const [pending, setPending] = useState(false);
  const [refreshing, refresh] = useTransition();

  async function choose() {
    setPending(true);
    const path = `/api/v1/reviews/reader?team=${encodeURIComponent(slug)}`;
    const result = await callApi(path, { method: "PUT", body: { isMine: !isMine } });
    setPending(false);
    if (result.ok) refresh(() => router.refresh());
    else toast(failureText(result.problem));
  }

  return (
    <button
      type="button"
      className="btn justify-self-start"
      disabled={!awake || pending || refreshing}
      onClick={choose}
    >
      {t(isMine ? "reviews.dontWant" : "reviews.want")}
    </button>
  );
}
