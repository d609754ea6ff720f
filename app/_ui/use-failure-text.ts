import { useTranslations } from "next-intl";
import type { Problem } from "./problem";

/** One sentence for a call that did not work: no connection, the mend that the answer names, or that we do not know. */
export function useFailureText(): (problem: Pick<Problem, "code" | "detail">) => string {
  const t = useTranslations("client.form");
  return ({ code, detail }) => (code === "offline" ? t("offline") : (detail ?? t("unexpected")));
}
