"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { toast } from "sonner";
import { callApi } from "@/app/_ui/call-api";
import { useAwake } from "@/app/_ui/use-awake";
import { useFailureText } from "@/app/_ui/use-failure-text";

type Props = { slug: string; id?: string; title?: string };

/** Marks one notification as read, or without an id all of them; then the page and the bell show it. */
export function MarkRead({ slug, id, title }: Props) {
  const t = useTranslations("client");
  const failureText = useFailureText();
  const router = useRouter();
  const awake = useAwake();
  const [calling, setCalling] = useState(false);
  const [refreshing, startRefresh] = useTransition();
  const pending = calling || refreshing;

  async function mark() {
    setCalling(true);
    const path = `/api/v1/notifications/read?team=${encodeURIComponent(slug)}`;
    const result = await callApi(path, { method: "POST", body: id ? { ids: [id] } : { all: true } });
    setCalling(false);
    if (result.ok) return startRefresh(() => router.refresh());
    toast.error(failureText(result.problem));
  }

  return (
    <button
      type="button"
      className={id ? "link w-fit py-0.5 text-text-2 text-xs hover:text-text" : "btn"}
      disabled={!awake || pending}
      aria-busy={pending}
      data-asleep={awake ? undefined : ""}
      aria-label={title ? t("notifications.markOneOf", { title }) : undefined}
      onClick={mark}
    >
      {t(id ? "notifications.markOne" : "notifications.markAll")}
    </button>
  );
}
