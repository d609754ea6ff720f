import { useTranslations } from "next-intl";
import { DeleteWithUndo } from "@/app/_ui/delete-with-undo";

/** Deletes a search, with a way back. */
export function DeleteSearch({ slug, id, name }: { slug: string; id: string; name: string }) {
  const t = useTranslations("client.searches");
  return (
    <DeleteWithUndo
      slug={slug}
      path={`/searches/${id}`}
      here={`/searches/${id}`}
      away="/searches"
      words={{
        remove: t("delete"),
        deleted: t("deleted", { name }),
        undo: t("undo"),
        restored: t("restored", { name }),
        notRestored: t("notRestored", { name }),
      }}
    />
  );
}
