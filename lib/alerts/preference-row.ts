import "server-only";
import type { AlertPreference } from "./schemas";

/** What holds without a row. */
const USUAL: AlertPreference = {
  hears: "own",
  inApp: true,
  mail: "off",
  digestHour: 8,
  digestWeekday: 1,
  quietFrom: null,
  quietTo: null,
};

/** A member's stored wishes without the keys of their row. */
export function toPreference(row: (Record<keyof AlertPreference, unknown> & object) | null): AlertPreference {
  if (!row) return USUAL;
  return Object.fromEntries(
    Object.keys(USUAL).map((field) => [field, row[field as keyof AlertPreference]]),
  ) as AlertPreference;
}
