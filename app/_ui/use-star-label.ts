import { useTranslations } from "next-intl";
import type { WatchedPlace } from "@/lib/tracking/watch-view";

/** What a star says: whether it is on, and then on which lists, each with who put it there. */
export function useStarLabel(name: string, places: readonly WatchedPlace[]): string {
  const t = useTranslations("client.star");
  if (places.length === 0) return t("off", { name });
  const lists = places.map(({ listName, addedBy }) =>
    addedBy ? t("onBy", { list: listName, who: addedBy }) : t("onList", { list: listName }),
  );
  return t("on", { name, lists: lists.join(" · ") });
}
