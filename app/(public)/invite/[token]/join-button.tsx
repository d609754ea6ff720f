"use client";
import { FormFailure } from "@/app/_ui/form-failure";
import { SubmitButton } from "@/app/_ui/submit-button";
import { useJsonForm } from "@/app/_ui/use-json-form";

/** Joins with one click; whatever has become of the invitation meanwhile is said in place. */
export function JoinButton({ token, label }: { token: string; label: string }) {
  const form = useJsonForm<{ slug: string }>({
    path: "/api/v1/invitations/accept",
    method: "POST",
    read: () => ({ token }),
    // A whole new page: the language may follow the team's from here on.
    onDone: ({ slug }) => window.location.assign(`/t/${slug}`),
  });
  return (
    <form method="post" onSubmit={form.submit} className="grid gap-3">
      <FormFailure text={form.failure} />
      <SubmitButton pending={form.pending}>{label}</SubmitButton>
    </form>
  );
}
