import Link from "next/link";
import { useTranslations } from "next-intl";
import { useLabels } from "@/app/_ui/labels";
import { ScrollRegion } from "@/app/_ui/scroll-region";
import { MISSING } from "@/lib/platform/format/number";
import type { Watchlist } from "@/lib/tracking/schemas";
import { ColorDot } from "./color-dot";

type Props = { slug: string; lists: Watchlist[]; now: Date };

/** The lists that one may see, each with the age of its oldest figures. */
export function ListTable({ slug, lists, now }: Props) {
  const t = useTranslations("watchlists");
  const labels = useLabels();
  return (
    <ScrollRegion label={t("title")} className="overflow-x-auto">
      <table className="table" aria-label={t("title")}>
        <thead>
          <tr>
            <th scope="col" className="l pl-3.5!">
              {t("column.list")}
            </th>
            <th scope="col">{t("column.items")}</th>
            <th scope="col">{t("column.oldest")}</th>
            <th scope="col" className="l max-sm:hidden">
              {t("column.window")}
            </th>
            <th scope="col" className="l max-sm:hidden">
              {t("column.maker")}
            </th>
          </tr>
        </thead>
        <tbody>
          {lists.map((list) => (
            <tr key={list.id}>
              <th scope="row" className="l whitespace-normal! pl-3.5! font-normal! text-[0.8125rem]! text-text!">
                <span className="flex items-center gap-2">
                  <ColorDot color={list.color} />
                  <Link href={`/t/${slug}/watchlists/${list.id}`} prefetch={false} className="link font-medium">
                    {list.name}
                  </Link>
                  {!list.shared && <span className="tag">{t("private")}</span>}
                </span>
              </th>
              <td>{list.itemCount}</td>
              <td className="text-text-2">
                {list.oldestFetchedAt === null ? MISSING : labels.age(list.oldestFetchedAt, now)}
                {list.withoutData > 0 && list.itemCount > 0 && (
                  <span className="block text-text-3 text-xs">{t("withoutData", { count: list.withoutData })}</span>
                )}
              </td>
              <td className="l text-text-2 max-sm:hidden">{labels.window(list.window)}</td>
              <td className="person l text-text-2 max-sm:hidden">{list.maker?.name ?? t("ofTheTeam")}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
