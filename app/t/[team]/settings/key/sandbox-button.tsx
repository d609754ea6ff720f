"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { callApi } from "@/app/_ui/call-api";
import { useAwake } from "@/app/_ui/use-awake";
import { useFailureText } from "@/app/_ui/use-failure-text";

/** Connects the team to the sandbox; costs nothing and can be followed by a real key at any time. */
export function SandboxButton({ slug, label }: { slug: string; label: string }) {
  const t = useTranslations("client");
  const failureText = useFailureText();
  const router = useRouter();
  const awake = useAwake();
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);

  async function connect() {
    setPending(true);
    setFailure(null);
    const result = await callApi(`/api/v1/key/sandbox?team=${encodeURIComponent(slug)}`, { method: "POST" });
    setPending(false);
    if (!result.ok) {
      setFailure(failureText(result.problem));
      return;
    }
    toast(t("toast.sandboxOn"));
    router.refresh();
  }

  return (
    <div className="grid justify-items-start gap-2">
      <button
        type="button"
        className="btn"
        disabled={!awake || pending}
        aria-busy={pending}
        data-asleep={awake ? undefined : ""}
        onClick={connect}
      >
        {label}
      </button>
      {failure && (
        <p role="alert" className="notice notice-bad">
          {failure}
        </p>
      )}
    </div>
  );
}
