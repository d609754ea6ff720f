import Link from "next/link";
import { useTranslations } from "next-intl";
import { DateField } from "@/app/_ui/date-field";
import { FilterForm } from "@/app/_ui/filter-form";
import { PickField } from "@/app/_ui/pick-field";
import { SaveTable } from "@/app/_ui/save-table";
import { SelectField } from "@/app/_ui/select-field";
import { AUDIT_KINDS } from "@/lib/teams/audit-schemas";
import { auditHref, type Typed } from "./address";

type Props = {
  slug: string;
  typed: Typed;
  mistakes: Typed;
  /** Null are too many to list: then one is looked for. */
  people: { id: string; name: string; removed: boolean }[] | null;
  /** Who is looked for now. */
  chosen: { id: string; name: string } | null;
  csvHref: string;
};

/** Who, what kind and when, as fields of the address; beside them the same as a file. */
export function AuditFilter({ slug, typed, mistakes, people, chosen, csvHref }: Props) {
  const t = useTranslations("audit");
  const validation = useTranslations("validation");
  const sentence = (field: keyof Typed) => (mistakes[field] ? validation(mistakes[field] as never) : undefined);
  const unlisted = (field: keyof Typed, options: readonly string[]) =>
    typed[field] && !options.includes(typed[field]) ? <option value={typed[field]}>{typed[field]}</option> : null;
  return (
    <div className="sheet mb-3.5 p-2.5">
      <FilterForm
        action={auditHref(slug)}
        label={t("filters")}
        values={{ from: "", to: "", member: "", kind: "", ...typed }}
        className="grid grid-cols-2 items-start gap-2 sm:flex sm:flex-wrap"
      >
        {(["from", "to"] as const).map((field) => (
          <div key={field} className="min-w-0 sm:w-36">
            <DateField
              label={t(field)}
              name={field}
              className="min-w-0 px-2!"
              defaultValue={typed[field]}
              mistake={sentence(field)}
            />
          </div>
        ))}
        <div className="max-sm:col-span-2 sm:w-44">
          {people === null ? (
            <PickField
              key={typed.member ?? ""}
              slug={slug}
              label={t("member")}
              name="member"
              kind="person"
              chosen={typed.member ? { value: typed.member, name: chosen?.name ?? typed.member } : null}
              empty={t("everybody")}
              mistake={sentence("member")}
            />
          ) : (
            <SelectField
              label={t("member")}
              name="member"
              defaultValue={typed.member ?? ""}
              mistake={sentence("member")}
            >
              <option value="">{t("everybody")}</option>
              {unlisted(
                "member",
                people.map(({ id }) => id),
              )}
              {people.map(({ id, name, removed }) => (
                <option key={id} value={id}>
                  {removed ? t("former", { name }) : name}
                </option>
              ))}
            </SelectField>
          )}
        </div>
        <div className="max-sm:col-span-2 sm:w-44">
          <SelectField label={t("kind")} name="kind" defaultValue={typed.kind ?? ""} mistake={sentence("kind")}>
            <option value="">{t("everyKind")}</option>
            {unlisted("kind", AUDIT_KINDS)}
            {AUDIT_KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {t(`kinds.${kind}`)}
              </option>
            ))}
          </SelectField>
        </div>
        <button type="submit" className="btn max-sm:col-span-2 sm:mt-[1.22rem]">
          {t("show")}
        </button>
        {Object.keys(typed).length > 0 && (
          <Link
            href={auditHref(slug)}
            prefetch={false}
            scroll={false}
            className="btn btn-quiet max-sm:col-span-2 sm:mt-[1.22rem]"
          >
            {t("clear")}
          </Link>
        )}
        <span className="flex max-sm:col-span-2 sm:mt-[1.22rem] sm:ml-auto">
          <SaveTable href={csvHref} label={t("csv")} />
        </span>
      </FilterForm>
    </div>
  );
}
