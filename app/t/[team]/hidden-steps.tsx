import { useTranslations } from "next-intl";
import { EmptyState } from "@/app/_ui/empty-state";
import { HideSteps } from "./hide-steps";

/** A home without anything on it, for who hid the first steps: they can be had back. */
export function HiddenSteps({ slug }: { slug: string }) {
  const t = useTranslations("firstSteps");
  const words = { act: t("show"), done: t("hidden"), undo: t("undo") };
  return (
    <EmptyState title={t("emptyTitle")} action={<HideSteps slug={slug} hidden words={words} />}>
      <p>{t("emptyText")}</p>
    </EmptyState>
  );
}
