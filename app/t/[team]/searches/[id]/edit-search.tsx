"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { callApi } from "@/app/_ui/call-api";
import { FormFailure } from "@/app/_ui/form-failure";
import { Notice } from "@/app/_ui/notice";
import { SubmitButton } from "@/app/_ui/submit-button";
import { useJsonForm } from "@/app/_ui/use-json-form";
import { readFields, SearchFields } from "@/app/t/[team]/searches/search-fields";
import type { SavedSearch } from "@/lib/tracking/schemas";

type Props = { slug: string; search: SavedSearch; isMine: boolean };

/** Changes a search. When somebody else was faster, what they wrote is shown and what was typed stays. */
export function EditSearch({ slug, search, isMine }: Props) {
  const t = useTranslations("client.searches");
  const router = useRouter();
  const path = `/api/v1/searches/${search.id}?team=${encodeURIComponent(slug)}`;
  const [theirs, setTheirs] = useState<SavedSearch | null>(null);
  const version = Math.max(search.version, theirs?.version ?? 0);
  const [start] = useState(search);
  const [startVersion, setStartVersion] = useState(search.version);
  const { submit, pending, mistakes, failure } = useJsonForm<SavedSearch>({
    path,
    method: "PATCH",
    read: (form) => ({ ...readFields(form), version: theirs ? version : startVersion }),
    onDone: (saved) => {
      setTheirs(null);
      setStartVersion(saved.version);
      toast(t("changed"));
      router.refresh();
    },
    onRefused: async ({ reason }) => {
      if (reason !== "edited_meanwhile") return;
      const now = await callApi<SavedSearch>(path, { method: "GET" });
      if (now.ok) setTheirs(now.data);
    },
  });
  return (
    <form method="post" noValidate onSubmit={submit} className="grid max-w-[34rem] gap-3">
      <SearchFields start={start} mistakes={mistakes} mayHide={isMine} />
      <FormFailure text={failure} />
      {theirs && (
        <Notice tone="warn" title={t("theirsTitle")}>
          <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3">
            <dt className="text-text-3">{t("name")}</dt>
            <dd>{theirs.name}</dd>
            <dt className="text-text-3">{t("depth")}</dt>
            <dd>{t("depthPages", { pages: theirs.pages, rows: theirs.pages * 20 })}</dd>
            <dt className="text-text-3">{t("visible")}</dt>
            <dd>{theirs.shared ? t("visibleTeam") : t("visiblePrivate")}</dd>
            {theirs.tags.length > 0 && <dt className="text-text-3">{t("tags")}</dt>}
            {theirs.tags.length > 0 && <dd>{theirs.tags.join(", ")}</dd>}
            {theirs.notes && <dt className="text-text-3">{t("notes")}</dt>}
            {theirs.notes && <dd className="whitespace-pre-wrap">{theirs.notes}</dd>}
          </dl>
          <p className="text-text-2">{t("theirsNext")}</p>
        </Notice>
      )}
      <div>
        <SubmitButton pending={pending}>{t("change")}</SubmitButton>
      </div>
    </form>
  );
}
