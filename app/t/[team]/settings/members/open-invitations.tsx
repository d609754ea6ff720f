"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { toast } from "sonner";
import { callApi } from "@/app/_ui/call-api";
import { FormFailure } from "@/app/_ui/form-failure";
import { useAwake } from "@/app/_ui/use-awake";
import { useFailureText } from "@/app/_ui/use-failure-text";
import type { Invitation, InvitationLink } from "@/lib/teams/schemas";
import { NewLink } from "./invite-form";

type Item = Invitation & { until: string };
type Props = {
  slug: string;
  invitations: Item[];
  /** Looks through them, and leads to their other pages. */
  find: ReactNode;
  pages: ReactNode;
};

/** Invitations that wait for somebody: sent again, or taken back. */
export function OpenInvitations({ slug, invitations, find, pages }: Props) {
  const t = useTranslations("client.invite");
  return (
    <section className="sheet p-4 sm:p-5" aria-label={t("openTitle")}>
      <h2>{t("openTitle")}</h2>
      {find}
      <ul className="mt-1 grid divide-y divide-line">
        {invitations.map((invitation) => (
          <OpenInvitation key={invitation.id} slug={slug} invitation={invitation} />
        ))}
      </ul>
      {pages}
    </section>
  );
}

function OpenInvitation({ slug, invitation }: { slug: string; invitation: Item }) {
  const t = useTranslations("client.invite");
  const failureText = useFailureText();
  const words = useTranslations("client");
  const router = useRouter();
  const awake = useAwake();
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const [made, setMade] = useState<InvitationLink | null>(null);
  const { id, email, role, limitCredits, invitedBy, until, isExpired } = invitation;
  const whom = email ?? t("anybody");

  async function send(step: "resend" | "revoke") {
    setPending(true);
    setFailure(null);
    const team = `?team=${encodeURIComponent(slug)}`;
    const result = await (step === "resend"
      ? callApi<InvitationLink>(`/api/v1/invitations/${id}/resend${team}`, { method: "POST" })
      : callApi<null>(`/api/v1/invitations/${id}${team}`, { method: "DELETE" }));
    setPending(false);
    if (!result.ok) {
      setFailure(failureText(result.problem));
      return;
    }
    if (result.data) setMade(result.data);
    else toast(t("revoked", { whom }));
    router.refresh();
  }

  return (
    <li className="grid gap-2 py-2.5">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <p className="min-w-0 grow basis-56">
          <strong className="wrap-anywhere font-medium">{whom}</strong>
          <span className="block text-text-3 text-xs">
            {t("facts", { role: words(`members.role.${role}`), name: invitedBy })}
            {limitCredits !== null && ` · ${t("factsLimit", { credits: limitCredits })}`}
          </span>
        </p>
        {isExpired ? <span className="tag tag-warn">{t("expired")}</span> : <span className="tag">{until}</span>}
        <span className="flex gap-1">
          <button
            type="button"
            className="btn"
            disabled={!awake || pending}
            onClick={() => send("resend")}
            aria-label={t(email ? "sendTo" : "resendTo", { whom })}
          >
            {t(email ? "resend" : "newLink")}
          </button>
          <button
            type="button"
            className="btn btn-quiet btn-bad"
            disabled={!awake || pending}
            onClick={() => send("revoke")}
            aria-label={t("revokeOf", { whom })}
          >
            {t("revoke")}
          </button>
        </span>
      </div>
      <FormFailure text={failure} />
      {made && <NewLink invitation={made} />}
    </li>
  );
}
