"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { toast } from "sonner";
import { callApi } from "@/app/_ui/call-api";
import { FormFailure } from "@/app/_ui/form-failure";
import { OpenedForm } from "@/app/_ui/opened-form";
import { SelectField } from "@/app/_ui/select-field";
import { SubmitButton } from "@/app/_ui/submit-button";
import { TextArea } from "@/app/_ui/text-area";
import { TextField } from "@/app/_ui/text-field";
import { useJsonForm } from "@/app/_ui/use-json-form";
import type { CategoryNote } from "@/lib/tracking/note-schemas";

const KINDS = ["entered", "dropped", "watching", "note"] as const;

type Props = {
  slug: string;
  categoryId: string;
  /** What the figures since are looked at through. */
  place: { region: string; window: string };
  /** A day of the team. */
  today: string;
  /** Null writes a new one. */
  note: CategoryNote | null;
};

/** Opens the fields of a note: a new one, or one's own again. */
export function NoteForm(props: Props) {
  const { note } = props;
  const t = useTranslations("client.notes");
  return (
    <OpenedForm label={t(note ? "edit" : "write")} className={note ? "link" : "btn"}>
      {(close) => <NoteFields {...props} onClose={close} />}
    </OpenedForm>
  );
}

function NoteFields({ slug, categoryId, place, today, note, onClose }: Props & { onClose: () => void }) {
  const t = useTranslations("client.notes");
  const router = useRouter();
  const team = `?team=${encodeURIComponent(slug)}`;
  const path = `/api/v1/categories/${categoryId}/notes`;
  const form = useJsonForm<CategoryNote>({
    path: note ? `${path}/${note.id}${team}` : `${path}${team}`,
    method: note ? "PATCH" : "POST",
    read: (data) => ({
      ...Object.fromEntries(["kind", "text", "decidedOn", "recheckOn"].map((field) => [field, data.get(field)])),
      ...(note ? { version: note.version } : place),
    }),
    onDone: () => {
      onClose();
      router.refresh();
    },
  });

  async function remove({ id, kind, text, region, window, decidedOn, recheckOn }: CategoryNote) {
    const gone = await callApi(`${path}/${id}${team}`, { method: "DELETE" });
    if (!gone.ok) return void toast(gone.problem.detail ?? t("failed"));
    onClose();
    router.refresh();
    const body = { kind, text, region, window, decidedOn, recheckOn };
    const undo = async () => {
      const back = await callApi(`${path}${team}`, { method: "POST", body });
      if (!back.ok) toast(back.problem.detail ?? t("failed"));
      router.refresh();
    };
    toast(t("deleted"), { duration: 15_000, action: { label: t("undo"), onClick: () => void undo() } });
  }

  return (
    <form method="post" noValidate autoComplete="off" className="grid w-full gap-3" onSubmit={form.submit}>
      <div className="grid gap-3 sm:grid-cols-3">
        <SelectField label={t("kind")} name="kind" defaultValue={note?.kind ?? "entered"} mistake={form.mistakes.kind}>
          {KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {t(`kinds.${kind}`)}
            </option>
          ))}
        </SelectField>
        <TextField
          label={t("decidedOn")}
          name="decidedOn"
          type="date"
          defaultValue={note?.decidedOn ?? today}
          mistake={form.mistakes.decidedOn}
        />
        <TextField
          label={t("recheckOn")}
          name="recheckOn"
          type="date"
          defaultValue={note?.recheckOn ?? ""}
          mistake={form.mistakes.recheckOn}
        />
      </div>
      <TextArea
        label={t("text")}
        name="text"
        defaultValue={note?.text}
        maxLength={2000}
        mistake={form.mistakes.text}
        autoFocus
      />
      <FormFailure text={form.failure} />
      <div className="flex flex-wrap items-center gap-2">
        <SubmitButton pending={form.pending} className="btn-primary">
          {t("save")}
        </SubmitButton>
        <button type="button" className="btn" onClick={onClose}>
          {t("cancel")}
        </button>
        {note && (
          <button type="button" className="btn btn-quiet btn-bad ml-auto" onClick={() => void remove(note)}>
            {t("delete")}
          </button>
        )}
      </div>
    </form>
  );
}
