"use client";
import { Copy } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { toast } from "sonner";
import { creditsTyped } from "@/app/_ui/credits-typed";
import { FormFailure } from "@/app/_ui/form-failure";
import { SelectField } from "@/app/_ui/select-field";
import { SubmitButton } from "@/app/_ui/submit-button";
import { TextField } from "@/app/_ui/text-field";
import { useJsonForm } from "@/app/_ui/use-json-form";
import type { InvitationLink, Member } from "@/lib/teams/schemas";

type Props = { slug: string; roles: readonly Member["role"][] };

/** Invites somebody: with an address by mail, without one by a link that is shown once. */
export function InviteForm({ slug, roles }: Props) {
  const t = useTranslations("client.invite");
  const words = useTranslations("client.members");
  const router = useRouter();
  const form = useRef<HTMLFormElement>(null);
  const [made, setMade] = useState<InvitationLink | null>(null);
  const { submit, pending, mistakes, failure } = useJsonForm<InvitationLink>({
    path: `/api/v1/invitations?team=${encodeURIComponent(slug)}`,
    method: "POST",
    read: (data) => ({
      email: String(data.get("email") ?? "").trim() || null,
      role: data.get("role"),
      limitCredits: creditsTyped(data.get("limitCredits")),
    }),
    onDone: (invitation) => {
      setMade(invitation);
      form.current?.reset();
      router.refresh();
    },
  });
  return (
    <section className="sheet grid gap-3 p-4 sm:p-5" aria-label={t("title")}>
      <h2>{t("title")}</h2>
      <form ref={form} method="post" noValidate onSubmit={submit} className="grid gap-3">
        <div className="grid gap-x-4 gap-y-3 sm:grid-cols-[minmax(0,2fr)_minmax(0,1fr)_minmax(0,1fr)]">
          <TextField
            label={t("email")}
            name="email"
            type="email"
            autoComplete="off"
            hint={t("emailHint")}
            mistake={mistakes.email}
          />
          <SelectField label={t("role")} name="role" defaultValue="analyst" mistake={mistakes.role}>
            {roles.map((role) => (
              <option key={role} value={role}>
                {words(`role.${role}`)}
              </option>
            ))}
          </SelectField>
          <TextField
            label={t("limit")}
            name="limitCredits"
            inputMode="numeric"
            autoComplete="off"
            placeholder={t("asTeam")}
            className="num text-right"
            hint={t("limitHint")}
            mistake={mistakes.limitCredits}
          />
        </div>
        <FormFailure text={failure} />
        <div>
          <SubmitButton pending={pending}>{t("submit")}</SubmitButton>
        </div>
      </form>
      {made && <NewLink invitation={made} />}
    </section>
  );
}

/** The one time that a link is seen. */
export function NewLink({ invitation: { email, url } }: { invitation: InvitationLink }) {
  const t = useTranslations("client.invite");
  async function copy() {
    await navigator.clipboard.writeText(url);
    toast(t("copied"));
  }
  return (
    <div role="status" className="notice">
      <p>{email ? t("mailed", { email }) : t("linkMade")}</p>
      <div className="mt-1 flex gap-2">
        <input
          className="input"
          aria-label={t("link")}
          value={url}
          readOnly
          onFocus={(event) => event.currentTarget.select()}
        />
        <button type="button" className="btn" onClick={copy}>
          <Copy size={14} aria-hidden="true" />
          {t("copy")}
        </button>
      </div>
    </div>
  );
}
