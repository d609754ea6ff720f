"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { toast } from "sonner";
import { type CallResult, callApi } from "@/app/_ui/call-api";
import { useAwake } from "@/app/_ui/use-awake";
import { useFailureText } from "@/app/_ui/use-failure-text";
import type { MovementReview } from "@/lib/tracking/movement-schemas";

type Props = {
  slug: string;
  scope: string;
  /** When what is shown was read: what came since is still to be seen. */
  seenAt: string;
  review: MovementReview | null;
};

/** Marks what is shown as reviewed, and takes the newest mark back; then the page shows it. */
export function MarkReviewed({ slug, scope, seenAt, review }: Props) {
  const t = useTranslations("client");
  const failureText = useFailureText();
  const router = useRouter();
  const awake = useAwake();
  const [calling, setCalling] = useState(false);
  const [refreshing, startRefresh] = useTransition();
  const pending = calling || refreshing;
  const path = (id = "") => `/api/v1/movements/reviews${id}?team=${encodeURIComponent(slug)}`;

  async function press(call: () => Promise<CallResult<unknown>>) {
    setCalling(true);
    const result = await call();
    setCalling(false);
    // Another tab took the same mark back: the page shows what counts now.
    if (result.ok || result.problem.code === "not_found") return startRefresh(() => router.refresh());
    toast.error(failureText(result.problem));
  }

  const state = { disabled: !awake || pending, "aria-busy": pending, "data-asleep": awake ? undefined : "" };
  return (
    <>
      <button
        type="button"
        className="btn"
        {...state}
        onClick={() => press(() => callApi(path(), { method: "POST", body: { scope, seenAt } }))}
      >
        {t("moved.mark")}
      </button>
      {review && (
        <button
          type="button"
          className="btn btn-quiet"
          {...state}
          onClick={() => press(() => callApi(path(`/${review.id}`), { method: "DELETE" }))}
        >
          {t("moved.unmark")}
        </button>
      )}
    </>
  );
}
