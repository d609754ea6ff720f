import { useTranslations } from "next-intl";
import { DeleteWithUndo } from "@/app/_ui/delete-with-undo";

/** Deletes a rule, with a way back. */
export function DeleteRule({ slug, id }: { slug: string; id: string }) {
  const t = useTranslations("client.alerts");
  return (
    <DeleteWithUndo
      slug={slug}
      path={`/alerts/rules/${id}`}
      here={`/alerts/rules/${id}`}
      away="/alerts"
      words={{
        remove: t("delete"),
        deleted: t("deleted"),
        undo: t("undo"),
        restored: t("restored"),
        notRestored: t("notRestored"),
      }}
    />
  );
}
