"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { callApi } from "@/app/_ui/call-api";
import { ConfirmAction } from "@/app/_ui/confirm-action";
import { useAwake } from "@/app/_ui/use-awake";

/** Ends a token, after asking once more: whatever uses it stops at its next call. */
export function RevokeToken({ slug, id, name }: { slug: string; id: string; name: string }) {
  const t = useTranslations("client.tokens");
  const router = useRouter();
  const awake = useAwake();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className="btn btn-quiet btn-bad"
        disabled={!awake}
        aria-label={t("revokeOf", { name })}
        onClick={() => setOpen(true)}
      >
        {t("revoke")}
      </button>
      <ConfirmAction
        open={open}
        onClose={() => setOpen(false)}
        title={t("revokeTitle", { name })}
        text={t("revokeText")}
        confirm={t("revokeConfirm")}
        isBad
        call={() => callApi(`/api/v1/tokens/${id}?team=${encodeURIComponent(slug)}`, { method: "DELETE" })}
        onDone={() => {
          toast(t("revoked"));
          router.refresh();
        }}
      />
    </>
  );
}
