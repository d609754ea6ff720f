"use client";
import { Dialog } from "@base-ui/react/dialog";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { toast } from "sonner";
import { FormFailure } from "@/app/_ui/form-failure";
import { SubmitButton } from "@/app/_ui/submit-button";
import { useJsonForm } from "@/app/_ui/use-json-form";
import type { SavedSearch } from "@/lib/tracking/schemas";
import { readFields, SearchFields } from "./search-fields";

export type SaveSearchProps = {
  slug: string;
  question: { region: string; window: string; category?: string | undefined; q?: string | undefined };
  /** The question in words: what a search is called until somebody says otherwise. */
  name: string;
  /** The page that one looks at: no less is saved. */
  page: number;
};

/** Asks what the question is to be called, how deep it goes and who sees it, and saves it. */
export function SaveSearchDialog({ onClose, ...props }: SaveSearchProps & { onClose: () => void }) {
  const t = useTranslations("client.searches");
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-black/35" />
        <Dialog.Popup className="sheet fixed top-1/2 left-1/2 z-50 max-h-[calc(100dvh-2rem)] w-[32rem] max-w-[calc(100vw-2rem)] -translate-x-1/2 -translate-y-1/2 overflow-y-auto p-5 shadow-float">
          <Dialog.Title className="font-semibold text-[1rem]">{t("saveTitle")}</Dialog.Title>
          <Dialog.Description className="mt-1 mb-4 text-pretty text-text-2">
            {t("saveText", { question: props.name })}
          </Dialog.Description>
          <SaveForm {...props} onSaved={onClose} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function SaveForm({ slug, question, name, page, onSaved }: SaveSearchProps & { onSaved: () => void }) {
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
