"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { callApi } from "@/app/_ui/call-api";
import { FormFailure } from "@/app/_ui/form-failure";
import { useAwake } from "@/app/_ui/use-awake";

export type ShownSession = {
  id: string;
  device: string;
  /** Address, since when, last used. */
  facts: string;
  /** What ending it is called, by name. */
  endLabel: string;
  isCurrent: boolean;
};
type Props = {
  sessions: ShownSession[];
  /** There are more than this browser, on whatever page of the list. */
  hasOthers: boolean;
  words: Record<"title" | "current" | "end" | "endOthers" | "failed", string>;
};

export function SessionList({ sessions, hasOthers, words }: Props) {
  const router = useRouter();
  const awake = useAwake();
  const [pending, setPending] = useState<string | null>(null);
  const [failure, setFailure] = useState<string | null>(null);

  async function end(path: string) {
    setPending(path);
    setFailure(null);
    const result = await callApi(`/api/v1/account/sessions${path}`, { method: "DELETE" });
    // Gone already is what was asked for.
    if (!result.ok && result.problem.code !== "not_found") setFailure(result.problem.detail ?? words.failed);
    router.refresh();
    setPending(null);
  }

  const button = (path: string, label: string, accessible?: string) => (
    <button
      type="button"
      className="btn"
      disabled={!awake || pending !== null}
      aria-busy={pending === path}
      aria-label={accessible}
      onClick={() => end(path)}
    >
      {label}
    </button>
  );

  return (
    <div className="grid gap-3">
      <ul className="grid" aria-label={words.title}>
        {sessions.map((session) => (
          <li
            key={session.id}
            className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1.5 border-line border-b py-2 first:pt-0 last:border-0"
          >
            <span className="min-w-0">
              <span className="font-medium">{session.device}</span>
              {session.isCurrent && <span className="tag ml-2">{words.current}</span>}
              <span className="block text-text-3 text-xs">{session.facts}</span>
            </span>
            {!session.isCurrent && button(`/${session.id}`, words.end, session.endLabel)}
          </li>
        ))}
      </ul>
      <FormFailure text={failure} />
      {hasOthers && <div>{button("", words.endOthers)}</div>}
    </div>
  );
}
