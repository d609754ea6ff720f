"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { callApi } from "@/app/_ui/call-api";
import { ConfirmAction } from "@/app/_ui/confirm-action";
import { TextField } from "@/app/_ui/text-field";
import { useAwake } from "@/app/_ui/use-awake";

type Props = { slug: string; name: string; deletesOn: string | null };

/** Deletes the team, after its address was typed; or keeps one that is about to be deleted. */
export function DeleteTeam({ slug, name, deletesOn }: Props) {
  const t = useTranslations("client.deleteTeam");
  const router = useRouter();
  const awake = useAwake();
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState("");
  const team = `?team=${encodeURIComponent(slug)}`;
  const step = deletesOn ? "keep" : "delete";
  return (
    <>
      <button
        type="button"
        className={`btn ${deletesOn ? "btn-primary" : "btn-bad"}`}
        disabled={!awake}
        onClick={() => setOpen(true)}
      >
        {t(`${step}.open`)}
      </button>
      <ConfirmAction
        open={open}
        onClose={() => setOpen(false)}
        title={t(`${step}.title`, { name })}
        text={t(`${step}.text`)}
        confirm={t(`${step}.confirm`)}
        isBad={!deletesOn}
        isReady={deletesOn !== null || typed.trim() === slug}
        call={() =>
          deletesOn
            ? callApi(`/api/v1/team/keep${team}`, { method: "POST" })
            : callApi(`/api/v1/team${team}`, { method: "DELETE", body: { slug: typed.trim() } })
        }
        onDone={() => {
          setTyped("");
          toast(t(`${step}.done`, { name }));
          router.refresh();
        }}
      >
        {!deletesOn && (
          <TextField
            label={t("typeSlug", { slug })}
            name="slug"
            autoComplete="off"
            spellCheck={false}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        )}
      </ConfirmAction>
    </>
  );
}
