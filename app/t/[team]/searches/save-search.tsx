"use client";
import { Dialog } from "@base-ui/react/dialog";
import { Bookmark } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { FormFailure } from "@/app/_ui/form-failure";
import { SubmitButton } from "@/app/_ui/submit-button";
import { useAwake } from "@/app/_ui/use-awake";
import { useJsonForm } from "@/app/_ui/use-json-form";
import type { SavedSearch } from "@/lib/tracking/schemas";
import { readFields, SearchFields } from "./search-fields";

type Props = {
  slug: string;
  question: { region: string; window: string; category?: string | undefined; q?: string | undefined };
  /** The question in words: what a search is called until somebody says otherwise. */
  name: string;
  /** The page that one looks at: no less is saved. */
  page: number;
};

/** Saves the question of the page, for running it again and again. Costs nothing. */
export function SaveSearch({ slug, question, name, page }: Props) {
  const t = useTranslations("client.searches");
  const awake = useAwake();
  const [open, setOpen] = useState(false);
  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Trigger className="btn self-center" disabled={!awake}>
        <Bookmark size={14} aria-hidden="true" className="-ml-0.5" />
        {t("save")}
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-black/35" />
        <Dialog.Popup className="sheet fixed top-1/2 left-1/2 z-50 max-h-[calc(100dvh-2rem)] w-[32rem] max-w-[calc(100vw-2rem)] -translate-x-1/2 -translate-y-1/2 overflow-y-auto p-5 shadow-float">
          <Dialog.Title className="font-semibold text-[1rem]">{t("saveTitle")}</Dialog.Title>
          <Dialog.Description className="mt-1 mb-4 text-pretty text-text-2">
            {t("saveText", { question: name })}
          </Dialog.Description>
          <SaveForm slug={slug} question={question} name={name} page={page} onSaved={() => setOpen(false)} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function SaveForm({ slug, question, name, page, onSaved }: Props & { onSaved: () => void }) {
  const t = useTranslations("client.searches");
  const router = useRouter();
  const { submit, pending, mistakes, failure } = useJsonForm<SavedSearch>({
    path: `/api/v1/searches?team=${encodeURIComponent(slug)}`,
    method: "POST",
    read: (form) => ({ ...question, ...readFields(form) }),
    onDone: (search) => {
      onSaved();
      toast(t("saved", { name: search.name }));
      router.push(`/t/${slug}/searches/${search.id}`);
    },
  });
  const questionMistake = ["region", "window", "category", "q"].map((field) => mistakes[field]).find(Boolean);
  return (
    <form method="post" noValidate onSubmit={submit} className="grid gap-3">
      <SearchFields
        start={{ name: name.slice(0, 80), pages: Math.min(25, Math.max(1, page)), shared: true, notes: "", tags: [] }}
        mistakes={mistakes}
        mayHide
      />
      <FormFailure text={failure ?? questionMistake ?? null} />
      <div className="mt-1 flex flex-wrap justify-end gap-2">
        <Dialog.Close className="btn">{t("cancel")}</Dialog.Close>
        <SubmitButton pending={pending}>{t("saveSubmit")}</SubmitButton>
      </div>
    </form>
  );
}
