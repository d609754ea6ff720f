"use client";
import { LogOut } from "lucide-react";
import { callApi } from "./call-api";
import { forgetVisits } from "./moving/kept";
import { useAwake } from "./use-awake";

type Props = { label: string; className: string /** Where to go afterwards. */; goal?: string };

/** Ends this browser's sign-in and leaves every page of it. */
export function SignOutButton({ label, className, goal = "/" }: Props) {
  const awake = useAwake();
  async function signOut() {
    await callApi("/api/v1/account/sign-out", { method: "POST" });
    forgetVisits();
    // A whole new page: nothing of the account may stay in this one's memory.
    window.location.assign(goal);
  }
  return (
    <button type="button" className={className} disabled={!awake} onClick={signOut}>
      <LogOut size={15} aria-hidden="true" />
      {label}
    </button>
  );
}
