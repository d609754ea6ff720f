import { describe, expect, test } from "vitest";
import { auditCsvHref, auditHref, parseAudit } from "./address";

describe("the address of the audit log", () => {
  test("is read and written alike", () => {
    const shown = { from: "2026-11-01", to: "2026-11-23", kind: "key", cursor: "abc" };
    const { searchParams } = new URL(auditHref("luma", shown), "http://localhost");
    expect(parseAudit(Object.fromEntries(searchParams)).shown).toEqual(shown);
    expect(auditHref("luma")).toBe("/t/luma/settings/audit");
    expect(auditCsvHref("luma", shown)).toBe("/api/v1/audit.csv?from=2026-11-01&to=2026-11-23&kind=key&team=luma");
  });

  test("keeps what it cannot read, names the mistake and shows the rest", () => {
    expect(parseAudit({ from: "yesterday", member: "mia", kind: "Key!", to: ["2026-11-23"] })).toEqual({
      shown: { to: "2026-11-23" },
      typed: { from: "yesterday", member: "mia", kind: "Key!", to: "2026-11-23" },
      mistakes: { from: "date_unknown", member: "member_unknown", kind: "audit_kind_unknown" },
    });
    expect(parseAudit({ from: "2026-11-23", to: "2026-11-01", kind: "key" })).toMatchObject({
      shown: { kind: "key" },
      mistakes: { to: "dates_reversed" },
    });
  });
});
