import { useTranslations } from "next-intl";
import { MISSING } from "@/lib/platform/format/number";
import type { AuditEntry } from "@/lib/teams/audit-schemas";

type Facts = AuditEntry["details"];
type Value = Facts[string];

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** What an entry tells beside its action: the fields that became others, then plain facts. */
export function AuditFacts({ entry, nameOf }: { entry: AuditEntry; nameOf: (id: string) => string | undefined }) {
  const t = useTranslations("audit");
  const label = (key: string) => (t.has(`facts.${key}` as never) ? t(`facts.${key}` as never) : key);
  const { before, after, details } = entry;
  const changed = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  if (changed.length === 0 && Object.keys(details).length === 0) return null;
  return (
    <dl className="facts">
      {changed.map((key) => (
        <div key={key}>
          <dt>{label(key)}</dt>
          <dd>
            {before && <Said value={before[key] ?? null} nameOf={nameOf} />}
            {before && after && <span aria-hidden="true"> → </span>}
            {before && after && <span className="sr-only"> {t("became")} </span>}
            {after && <Said value={after[key] ?? null} nameOf={nameOf} />}
          </dd>
        </div>
      ))}
      {Object.entries(details).map(([key, value]) => (
        <div key={key}>
          <dt>{label(key)}</dt>
          <dd>
            <Said value={value} nameOf={nameOf} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** A value in the reader's words: people by name, other ids by their beginning. */
function Said({ value, nameOf }: { value: Value; nameOf: (id: string) => string | undefined }) {
  const t = useTranslations("audit");
  if (value === null || value === "") return MISSING;
  if (typeof value === "boolean") return t(value ? "yes" : "no");
  if (Array.isArray(value)) return value.join(", ") || MISSING;
  const text = String(value);
  if (UUID.test(text)) {
    return (
      nameOf(text) ?? (
        <span className="num" title={text}>
          {text.slice(-6)}
        </span>
      )
    );
  }
  const word = `values.${text.replace(/\W/g, "_")}` as never;
  return t.has(word) ? t(word) : text;
}
