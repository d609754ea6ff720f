"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { toast } from "sonner";
import { callApi } from "./call-api";
import { FormFailure } from "./form-failure";
import { useAwake } from "./use-awake";
import { useFailureText } from "./use-failure-text";

type Words = { remove: string; deleted: string; undo: string; restored: string; notRestored: string };

type Props = {
  slug: string;
  /** The thing's path below `/api/v1`, which also has a `/restore`. */
  path: string;
  /** Pages within the team: where it stood, and where one goes without it. */
  here: string;
  away: string;
  words: Words;
};

/** Deletes something with one press, and has it back with another. */
export function DeleteWithUndo({ slug, path, here, away, words }: Props) {
  const failureText = useFailureText();
  const router = useRouter();
  const awake = useAwake();
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const team = `?team=${encodeURIComponent(slug)}`;

  async function undo() {
    const back = await callApi(`/api/v1${path}/restore${team}`, { method: "POST" });
    toast(back.ok ? words.restored : words.notRestored);
    if (back.ok) router.push(`/t/${slug}${here}`);
  }

  async function remove() {
    setPending(true);
    const result = await callApi(`/api/v1${path}${team}`, { method: "DELETE" });
    setPending(false);
    if (!result.ok) {
      setFailure(failureText(result.problem));
      return;
    }
    router.push(`/t/${slug}${away}`);
    toast(words.deleted, { duration: 15_000, action: { label: words.undo, onClick: () => void undo() } });
  }

  return (
    <div className="grid justify-items-start gap-2">
      <button type="button" className="btn btn-quiet btn-bad" disabled={!awake || pending} onClick={remove}>
        {words.remove}
      </button>
      <FormFailure text={failure} />
    </div>
  );
}
