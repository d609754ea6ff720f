"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { toast } from "sonner";
import { callApi } from "@/app/_ui/call-api";
import { useAwake } from "@/app/_ui/use-awake";
import { useFailureText } from "@/app/_ui/use-failure-text";

type Props = { slug: string; hidden: boolean; words: Record<"act" | "done" | "undo", string> };

/** Hides the first steps from this member, or brings them back; nothing is lost, so it asks nothing. */
export function HideSteps({ slug, hidden, words }: Props) {
  const failureText = useFailureText();
  const router = useRouter();
  const awake = useAwake();
  const [pending, setPending] = useState(false);

  async function choose(next: boolean) {
    setPending(true);
    const path = `/api/v1/first-steps?team=${encodeURIComponent(slug)}`;
    const result = await callApi(path, { method: "PUT", body: { hidden: next } });
    setPending(false);
    if (!result.ok) {
      toast.error(failureText(result.problem));
      return;
    }
    router.refresh();
    if (next) toast(words.done, { duration: 15_000, action: { label: words.undo, onClick: () => void choose(false) } });
  }

  return (
    <button
      type="button"
      className={hidden ? "btn" : "btn btn-quiet max-sm:-ml-2.5"}
      disabled={!awake || pending}
      aria-busy={pending}
      data-asleep={awake ? undefined : ""}
      onClick={() => void choose(!hidden)}
    >
      {words.act}
    </button>
  );
}
