"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { callApi } from "@/app/_ui/call-api";
import { FormFailure } from "@/app/_ui/form-failure";
import { useAwake } from "@/app/_ui/use-awake";
import { useFailureText } from "@/app/_ui/use-failure-text";

type Props = {
  slug: string;
  /** What is changed, and to what: on the version that the page was made from. */
  path: string;
  body: { version: number; [field: string]: unknown };
  label: string;
  /** What to say once it is done. */
  done: string;
};

/** Changes one setting with one press. */
export function PressMend({ slug, path, body, label, done }: Props) {
  const t = useTranslations("client");
  const failureText = useFailureText();
  const router = useRouter();
  const awake = useAwake();
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);

  async function set() {
    setPending(true);
    setFailure(null);
    const result = await callApi(`/api/v1${path}?team=${encodeURIComponent(slug)}`, { method: "PATCH", body });
    setPending(false);
    if (result.ok) {
      toast(done);
      router.refresh();
      return;
    }
    if (result.problem.reason === "edited_meanwhile") setFailure(t("savings.meanwhile"));
    else setFailure(failureText(result.problem));
  }

  return (
    <div className="grid justify-items-end gap-1">
      <button
        type="button"
        className="btn"
        disabled={!awake || pending}
        data-asleep={awake ? undefined : ""}
        onClick={set}
      >
        {label}
      </button>
      <FormFailure text={failure} />
    </div>
  );
}
