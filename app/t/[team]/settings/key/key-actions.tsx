"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { callApi } from "@/app/_ui/call-api";
import { ConfirmAction } from "@/app/_ui/confirm-action";
import { useAwake } from "@/app/_ui/use-awake";

type Props = { slug: string; id: string; name: string; inUse: boolean };

/** Puts a kept key to use, or removes it; each is asked once more, for both decide what the next purchase is paid with. */
export function KeyActions({ slug, id, name, inUse }: Props) {
  const t = useTranslations("client.keys");
  const router = useRouter();
  const awake = useAwake();
  const [asked, setAsked] = useState<"use" | "remove" | null>(null);
  const path = `/api/v1/keys/${id}`;
  const query = `team=${encodeURIComponent(slug)}`;
  const isRemoval = asked === "remove";
  return (
    <div className="flex flex-wrap gap-1">
      {!inUse && (
        <button
          type="button"
          className="btn"
          disabled={!awake}
          aria-label={t("useOf", { name })}
          onClick={() => setAsked("use")}
        >
          {t("use")}
        </button>
      )}
      <button
        type="button"
        className="btn btn-quiet btn-bad"
        disabled={!awake}
        aria-label={t("removeOf", { name })}
        onClick={() => setAsked("remove")}
      >
        {t("remove")}
      </button>
      <ConfirmAction
        open={asked !== null}
        onClose={() => setAsked(null)}
        title={t(isRemoval ? "removeTitle" : "useTitle", { name })}
        text={t(isRemoval ? (inUse ? "removeInUseText" : "removeText") : "useText")}
        confirm={t(isRemoval ? "removeConfirm" : "useConfirm")}
        isBad={isRemoval}
        call={() =>
          isRemoval
            ? callApi(`${path}?${query}`, { method: "DELETE" })
            : callApi(`${path}/use?${query}`, { method: "POST" })
        }
        onDone={() => {
          toast(t(isRemoval ? "removed" : "used"));
          router.refresh();
        }}
      />
    </div>
  );
}
