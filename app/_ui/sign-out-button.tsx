"use client";
import { LogOut } from "lucide-react";
import { callApi } from "./call-api";
import { useAwake } from "./use-awake";

/** Ends this browser's sign-in and leaves every page of it. */
export function SignOutButton({ label, className }: { label: string; className: string }) {
  const awake = useAwake();
  async function signOut() {
    await callApi("/api/v1/account/sign-out", { method: "POST" });
    // A whole new page: nothing of the account may stay in this one's memory.
    window.location.assign("/");
  }
  return (
    <button type="button" className={className} disabled={!awake} onClick={signOut}>
      <LogOut size={15} aria-hidden="true" />
      {label}
    </button>
  );
}
