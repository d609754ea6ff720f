"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { toast } from "sonner";
import { callApi } from "@/app/_ui/call-api";
import { useAwake } from "@/app/_ui/use-awake";

/** Takes one import out, whole, with a way back. */
export function RemoveImport({ slug, id, name }: { slug: string; id: string; name: string }) {
  const t = useTranslations("client.imports");
  const router = useRouter();
  const awake = useAwake();
  const team = `?team=${encodeURIComponent(slug)}`;

  async function call(method: "DELETE" | "POST", path: string): Promise<boolean> {
    const result = await callApi(`/api/v1/imports/${id}${path}${team}`, { method });
    if (!result.ok) toast(result.problem.detail ?? t("failed"));
    router.refresh();
    return result.ok;
  }
  async function remove() {
    if (!(await call("DELETE", ""))) return;
    const undo = () => void call("POST", "/restore");
    toast(t("removed"), { duration: 15_000, action: { label: t("undo"), onClick: undo } });
  }
  return (
    <button
      type="button"
      className="btn btn-quiet btn-bad"
      disabled={!awake}
      aria-label={t("removeOf", { name })}
      onClick={() => void remove()}
    >
      {t("remove")}
    </button>
  );
}
