"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { toast } from "sonner";
import { FormFailure } from "@/app/_ui/form-failure";
import { PasswordField } from "@/app/_ui/password-field";
import { SubmitButton } from "@/app/_ui/submit-button";
import { useJsonForm } from "@/app/_ui/use-json-form";

type Props = {
  email: string;
  words: Record<"currentPassword" | "password" | "hint" | "endOthers" | "submit" | "done", string>;
};

export function PasswordForm({ email, words }: Props) {
  const router = useRouter();
  const [round, setRound] = useState(0);
  const form = useJsonForm({
    path: "/api/v1/account/password",
    method: "POST",
    read: (data) => ({
      currentPassword: data.get("currentPassword"),
      password: data.get("password"),
      endOthers: data.get("endOthers") === "on",
    }),
    onDone: () => {
      toast(words.done);
      setRound(round + 1);
      router.refresh();
    },
  });
  return (
    <form key={round} method="post" onSubmit={form.submit} noValidate className="grid gap-3.5">
      {/* Tells a password manager whose password it is. */}
      <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
      <div className="grid gap-3.5 sm:grid-cols-2">
        <PasswordField
          label={words.currentPassword}
          name="currentPassword"
          autoComplete="current-password"
          mistake={form.mistakes.currentPassword}
        />
        <PasswordField
          label={words.password}
          name="password"
          autoComplete="new-password"
          hint={words.hint}
          mistake={form.mistakes.password}
        />
      </div>
      <label className="flex items-center gap-2">
        <input type="checkbox" name="endOthers" defaultChecked className="size-4" />
        {words.endOthers}
      </label>
      <FormFailure text={form.failure} />
      <div>
        <SubmitButton pending={form.pending} className="">
          {words.submit}
        </SubmitButton>
      </div>
    </form>
  );
}
