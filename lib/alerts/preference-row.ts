import "server-only";
import type { TeamContext } from "@/lib/auth/context";
import type { AlertPreference } from "./schemas";

/** What holds without a row. */
const USUAL: AlertPreference = {
  hears: "own",
  inApp: true,
  alertsMailed: true,
  limitsInApp: true,
  limitsMailed: true,
  providerInApp: true,
  providerMailed: true,
  mail: "off",
  digestHour: 8,
  digestWeekday: 1,
  quietFrom: null,
  quietTo: null,
};

/** A member's stored wishes without the keys of their row; who became an owner since hears of limits. */
export function toPreference(
  { member }: TeamContext,
  row: (Record<keyof AlertPreference, unknown> & object) | null,
): AlertPreference {
  if (!row) return USUAL;
  const stored = Object.keys(USUAL).map((field) => [field, row[field as keyof AlertPreference]]);
  return { ...Object.fromEntries(stored), ...(member.role === "owner" ? { limitsInApp: true } : {}) };
}
