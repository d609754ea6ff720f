"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useRef } from "react";
import { toast } from "sonner";
import { creditsTyped } from "@/app/_ui/credits-typed";
import { FormFailure } from "@/app/_ui/form-failure";
import { SubmitButton } from "@/app/_ui/submit-button";
import { TextField } from "@/app/_ui/text-field";
import { useJsonForm } from "@/app/_ui/use-json-form";
import type { Limits } from "@/lib/credits/limit-schemas";
import { LimitRows, type TableFrame } from "./limit-rows";
import { Used } from "./used";

type Props = {
  slug: string;
  /** Of members and tokens those that are shown. */
  limits: Limits;
  frames: { members: TableFrame; tokens: TableFrame | null };
  mayWrite: boolean;
};

/** The fields of the tables belong to it from outside: what looks through a table is a form too, and forms hold none. */
const FORM = "limits-form";

const WHOLE = ["team", "memberDefault", "schedules"] as const;

/** Every limit a month in one form: what changed is saved together, all or nothing. */
export function LimitsForm({ slug, limits, frames, mayWrite }: Props) {
  const t = useTranslations("client.limits");
  const toasts = useTranslations("client.toast");
  const router = useRouter();
  // The order in which changed rows were sent: mistakes come back by it.
  const sent = useRef<Record<"members" | "tokens", string[]>>({ members: [], tokens: [] });
  const form = useJsonForm({
    path: `/api/v1/credits/limits?team=${encodeURIComponent(slug)}`,
    method: "PUT",
    read: (data) => {
      const rows = (kind: "members" | "tokens") => {
        const changed = limits[kind]
          .map((row) => ({ id: row.id, before: row.limit, credits: creditsTyped(data.get(row.id)) }))
          .filter(({ before, credits }) => before !== credits);
        sent.current[kind] = changed.map(({ id }) => id);
        return changed.map(({ id, credits }) => ({ id, credits }));
      };
      const whole = WHOLE.map((name) => [name, creditsTyped(data.get(name))] as const);
      return {
        ...Object.fromEntries(whole.filter(([name, credits]) => credits !== limits[name])),
        members: rows("members"),
        tokens: rows("tokens"),
      };
    },
    fieldOf: (path) => {
      const [kind, index] = path.split(".");
      return kind === "members" || kind === "tokens" ? (sent.current[kind][Number(index)] ?? path) : path;
    },
    onDone: () => {
      toast(toasts("saved"));
      router.refresh();
    },
  });

  return (
    <div className="grid gap-3.5">
      <form id={FORM} method="post" noValidate className="sheet grid gap-3 p-4 sm:p-5" onSubmit={form.submit}>
        <h2>{t("teamTitle")}</h2>
        <div className="grid gap-x-4 gap-y-3 sm:grid-cols-3">
          {WHOLE.map((name) => (
            <div key={name} className="grid content-start gap-1.5">
              <TextField
                label={t(name)}
                name={name}
                inputMode="numeric"
                autoComplete="off"
                placeholder={t("noLimit")}
                className="num text-right"
                defaultValue={limits[name] ?? ""}
                readOnly={!mayWrite}
                hint={t(`${name}Hint`)}
                mistake={form.mistakes[name]}
              />
              {name !== "memberDefault" && <Used {...limits.used[name]} limit={limits[name]} />}
            </div>
          ))}
        </div>
      </form>
      <LimitRows
        form={FORM}
        frame={frames.members}
        title={t("membersTitle")}
        rows={limits.members.map((row) => ({ ...row, detail: null }))}
        placeholder={limits.memberDefault === null ? t("noLimit") : t("asDefault", { credits: limits.memberDefault })}
        mistakes={form.mistakes}
        mayWrite={mayWrite}
      />
      {frames.tokens && (
        <LimitRows
          form={FORM}
          frame={frames.tokens}
          title={t("tokensTitle")}
          rows={limits.tokens.map((row) => ({ ...row, detail: row.memberName, effective: row.limit, granted: 0 }))}
          placeholder={t("noLimit")}
          mistakes={form.mistakes}
          mayWrite={mayWrite}
        />
      )}
      <FormFailure text={form.failure} />
      {mayWrite && (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <SubmitButton pending={form.pending} form={FORM}>
            {t("save")}
          </SubmitButton>
          <p className="hint">
            {t("saveHint")} {(frames.members.isPart || frames.tokens?.isPart) && t("savePage")}
          </p>
        </div>
      )}
    </div>
  );
}
