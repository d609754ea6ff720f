"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { toast } from "sonner";
import { useJsonForm } from "@/app/_ui/use-json-form";
import type { SchedulePlan } from "@/lib/schedules/schemas";

/** A plan that is told first and applied as it was told: any change of the form asks anew. */
export function usePlan(slug: string, read: (data: FormData) => object) {
  const t = useTranslations("client.plan");
  const router = useRouter();
  const [told, setTold] = useState<SchedulePlan | null>(null);
  const body = useRef<object>({});
  const form = useJsonForm<SchedulePlan>({
    path: `/api/v1/schedules/plan?team=${encodeURIComponent(slug)}`,
    method: "POST",
    read: (data) => {
      if (told) return body.current;
      body.current = read(data);
      return { ...body.current, dryRun: true };
    },
    onDone: (plan) => {
      if (!told) return setTold(plan);
      setTold(null);
      toast(t("applied"));
      router.refresh();
    },
    onRefused: () => setTold(null),
  });
  return { form, told, forget: () => setTold(null) };
}
