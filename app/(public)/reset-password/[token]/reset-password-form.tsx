"use client";
import { FormFailure } from "@/app/_ui/form-failure";
import { PasswordField } from "@/app/_ui/password-field";
import { SubmitButton } from "@/app/_ui/submit-button";
import { useJsonForm } from "@/app/_ui/use-json-form";

type Props = { token: string; words: Record<"password" | "hint" | "submit", string> };

export function ResetPasswordForm({ token, words }: Props) {
  const form = useJsonForm({
    path: "/api/v1/account/reset-password",
    method: "POST",
    read: (data) => ({ token, password: data.get("password") }),
    // Nothing of the used link stays in this browser's history.
    onDone: () => window.location.replace("/sign-in?done=reset"),
  });
  return (
    <form method="post" onSubmit={form.submit} noValidate className="grid gap-3.5">
      <PasswordField
        label={words.password}
        name="password"
        autoComplete="new-password"
        hint={words.hint}
        mistake={form.mistakes.password}
      />
      <FormFailure text={form.failure} />
      <SubmitButton pending={form.pending}>{words.submit}</SubmitButton>
    </form>
  );
}
