import Link from "next/link";
import { useTranslations } from "next-intl";
import type { TablePage } from "@/lib/platform/format/table-page";
import { EmptyState } from "./empty-state";
import { FilterForm } from "./filter-form";
import type { TableAddress } from "./table-address";

type Props = {
  address: TableAddress;
  shown: TablePage<unknown>;
  /** What the table is called. */
  table: string;
};

/** What a long table is looked through by. Drawn where there is more than a page, or where something is looked for. */
export function TableFind({ address, shown, table }: Props) {
  const t = useTranslations("tables");
  const { look, path, field, kept, wholeHref } = address;
  if (shown.pages === 1 && look.q === "") return null;
  return (
    <FilterForm
      action={path}
      label={t("find", { table })}
      values={{ [field]: look.q }}
      className="flex flex-wrap items-center gap-2 px-3 py-2 print:hidden"
    >
      {kept.map(([name, value]) => (
        <input key={`${name} ${value}`} type="hidden" name={name} value={value} />
      ))}
      <input
        type="search"
        name={field}
        defaultValue={look.q}
        maxLength={200}
        aria-label={t("find", { table })}
        placeholder={t("find", { table })}
        className="input min-w-0 flex-1 basis-40 sm:max-w-72"
      />
      <button type="submit" className="btn">
        {t("show")}
      </button>
      {look.q && (
        <>
          <Link href={wholeHref} prefetch={false} scroll={false} className="btn btn-quiet">
            {t("whole")}
          </Link>
          <span className="num text-text-3" aria-live="polite">
            {t("found", { count: shown.total })}
          </span>
        </>
      )}
    </FilterForm>
  );
}

/** Stands where the rows would: nothing holds what is looked for. */
export function NothingFound({ address, table }: Pick<Props, "address" | "table">) {
  const t = useTranslations("tables");
  return (
    <EmptyState
      title={t("nothingTitle", { q: address.look.q })}
      action={
        <Link href={address.wholeHref} prefetch={false} scroll={false} className="btn">
          {t("whole")}
        </Link>
      }
    >
      <p>{t("nothingText", { table })}</p>
    </EmptyState>
  );
}
