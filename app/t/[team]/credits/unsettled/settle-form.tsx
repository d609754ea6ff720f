"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactNode, useRef, useState } from "react";
import { toast } from "sonner";
import { FormFailure } from "@/app/_ui/form-failure";
import { SubmitButton } from "@/app/_ui/submit-button";
import { TextField } from "@/app/_ui/text-field";
import { useJsonForm } from "@/app/_ui/use-json-form";
import type { SettledMany } from "@/lib/credits/schemas";

type Props = { slug: string; count: number; shown: number; children: ReactNode };

/** The requests to confirm, with a box each; what is ticked is settled at once, for one reason. */
export function SettleForm({ slug, count, shown, children }: Props) {
  const t = useTranslations("client.unsettled");
  const router = useRouter();
  const form = useRef<HTMLFormElement>(null);
  const charged = useRef(true);
  const [ticked, setTicked] = useState(0);
  const isAll = ticked > 0 && ticked >= shown;

  const boxes = () => [...(form.current?.querySelectorAll<HTMLInputElement>("input[name=id]") ?? [])];
  const recount = () => setTicked(boxes().filter((box) => box.checked).length);

  const settle = useJsonForm<SettledMany>({
    path: `/api/v1/credits/requests/settle?team=${encodeURIComponent(slug)}`,
    method: "POST",
    read: (data) => ({
      ...(isAll && count > shown ? { all: true } : { ids: data.getAll("id") }),
      charged: charged.current,
      reason: data.get("reason"),
    }),
    onDone: ({ items }) => {
      const settled = items.filter(({ result }) => result === "settled").length;
      const underWay = items.filter(({ result }) => result === "under_way").length;
      toast(t("settled", { count: settled }) + (underWay > 0 ? ` · ${t("underWay", { count: underWay })}` : ""));
      form.current?.reset();
      setTicked(0);
      router.refresh();
    },
  });

  return (
    <form
      ref={form}
      method="post"
      noValidate
      autoComplete="off"
      onChange={recount}
      onSubmit={(event) => {
        const pressed = (event.nativeEvent as SubmitEvent).submitter as HTMLButtonElement | null;
        charged.current = pressed?.value !== "not_charged";
        void settle.submit(event);
      }}
    >
      <label className="flex items-center gap-2.5 border-line border-t px-3.5 py-2 text-text-2">
        <input
          type="checkbox"
          className="size-4 shrink-0"
          checked={isAll}
          onChange={(event) => {
            for (const box of boxes()) box.checked = event.target.checked;
            recount();
          }}
        />
        {t("all", { count })}
      </label>
      <ul aria-label={t("list")}>{children}</ul>
      <div className="grid gap-3 border-line border-t p-3.5">
        <TextField
          label={t("reason")}
          name="reason"
          hint={t("reasonHint")}
          maxLength={500}
          mistake={settle.mistakes.reason}
        />
        <FormFailure text={settle.failure} />
        <div className="flex flex-wrap items-center gap-2">
          <SubmitButton pending={settle.pending && charged.current} className="btn-primary" name="as" value="charged">
            {t("charged")}
          </SubmitButton>
          <SubmitButton pending={settle.pending && !charged.current} className="" name="as" value="not_charged">
            {t("notCharged")}
          </SubmitButton>
          <span className="text-text-3" role="status">
            {t("ticked", { count: isAll ? count : ticked })}
          </span>
        </div>
      </div>
    </form>
  );
}
