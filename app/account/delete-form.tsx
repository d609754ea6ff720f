"use client";
import { Disclosure } from "@/app/_ui/disclosure";
import { FormFailure } from "@/app/_ui/form-failure";
import { PasswordField } from "@/app/_ui/password-field";
import { SubmitButton } from "@/app/_ui/submit-button";
import { TextField } from "@/app/_ui/text-field";
import { useJsonForm } from "@/app/_ui/use-json-form";

type Props = {
  /** Whether the account has a second factor, whose code is then asked for as well. */
  withCode: boolean;
  words: Record<"summary" | "hint" | "confirmation" | "currentPassword" | "code" | "codeHint" | "submit", string>;
};

export function DeleteForm({ withCode, words }: Props) {
  const form = useJsonForm({
    path: "/api/v1/account/delete",
    method: "POST",
    read: (data) => ({
      confirmation: data.get("confirmation"),
      currentPassword: data.get("currentPassword"),
      ...(withCode ? { code: data.get("code") } : {}),
    }),
    onDone: () => window.location.replace("/"),
  });
  return (
    <Disclosure summary={words.summary}>
      <form method="post" onSubmit={form.submit} noValidate className="mt-2.5 grid gap-3.5">
        <p className="text-text-3">{words.hint}</p>
        <div className="grid gap-3.5 sm:grid-cols-2">
          <TextField
            label={words.confirmation}
            name="confirmation"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            required
            mistake={form.mistakes.confirmation}
          />
          <PasswordField
            label={words.currentPassword}
            name="currentPassword"
            autoComplete="current-password"
            mistake={form.mistakes.currentPassword}
          />
          {withCode && (
            <TextField
              label={words.code}
              name="code"
              autoComplete="one-time-code"
              required
              hint={words.codeHint}
              mistake={form.mistakes.code}
            />
          )}
        </div>
        <FormFailure text={form.failure} />
        <div>
          <SubmitButton pending={form.pending} className="btn-bad-full">
            {words.submit}
          </SubmitButton>
        </div>
      </form>
    </Disclosure>
  );
}
