"use client";
import { FormFailure } from "@/app/_ui/form-failure";
import { SubmitButton } from "@/app/_ui/submit-button";
import { useJsonForm } from "@/app/_ui/use-json-form";

type Props = { token: string; words: { submit: string } };

export function ConfirmEmailForm({ token, words }: Props) {
  const form = useJsonForm({
    path: "/api/v1/account/confirm-email",
    method: "POST",
    read: () => ({ token }),
    onDone: () => window.location.replace("/account"),
  });
  return (
    <form method="post" onSubmit={form.submit} noValidate className="grid gap-3.5">
      <FormFailure text={form.failure} />
      <SubmitButton pending={form.pending}>{words.submit}</SubmitButton>
    </form>
  );
}
