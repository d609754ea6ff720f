"use client";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { FormFailure } from "@/app/_ui/form-failure";
import { PickField } from "@/app/_ui/pick-field";
import { SelectField } from "@/app/_ui/select-field";
import { SubmitButton } from "@/app/_ui/submit-button";
import { useAwake } from "@/app/_ui/use-awake";
import { useJsonForm } from "@/app/_ui/use-json-form";
import { moment } from "@/lib/platform/format/date";
import type { Schedule, SchedulePrice, SourceHoursShown } from "@/lib/schedules/schemas";
import type { Payers } from "./choices";
import { RuleFields, readPayer, readRule } from "./rule-fields";

type Props = {
  slug: string;
  /** Null are too many to list. */
  things: { kind: "search" | "watchlist"; id: string; name: string }[] | null;
  payers: Payers;
  ownId: string;
  /** `search-<id>` or `watchlist-<id>`. */
  chosen: { value: string; name: string } | null;
  timeZone: string;
  weekDays: string[];
  source: SourceHoursShown;
};

/** Chooses what renews, when and for whom; first shows what a month of it costs, then sets it up. */
export function ScheduleForm({ slug, things, payers, ownId, chosen, timeZone, weekDays, source }: Props) {
  const t = useTranslations("client.schedules");
  const words = useTranslations("client");
  const locale = useLocale();
  const router = useRouter();
  const awake = useAwake();
  const [price, setPrice] = useState<SchedulePrice | null>(null);
  const form = useJsonForm<Schedule | SchedulePrice>({
    path: `/api/v1/schedules?team=${encodeURIComponent(slug)}`,
    method: "POST",
    read: (data) => ({ ...readFields(data), ...(price ? {} : { dryRun: true }) }),
    onDone: (answer) => {
      if ("slots" in answer) return setPrice(answer);
      if (!("id" in answer)) return;
      setPrice(null);
      toast(t("created", { name: answer.name }));
      // One or the other: together they race.
      if (window.location.search) router.replace(`/t/${slug}/schedules`);
      else router.refresh();
    },
    onRefused: () => setPrice(null),
  });
  const credits = (count: number) => words("spend.credits", { count });
  const kinds = [
    ["search", t("searches")],
    ["watchlist", t("lists")],
  ] as const;
  return (
    <form
      method="post"
      noValidate
      autoComplete="off"
      className="grid gap-3"
      onSubmit={form.submit}
      // What was priced is what is set up: any change asks for the price anew.
      onChange={() => setPrice(null)}
    >
      {things === null ? (
        <PickField
          slug={slug}
          label={t("what")}
          name="what"
          kind="renewable"
          chosen={chosen}
          empty={t("choose")}
          mistake={form.mistakes.what}
          toValue={({ kind, id }) => `${kind}-${id}`}
          onPick={() => setPrice(null)}
        />
      ) : (
        <SelectField
          label={t("what")}
          name="what"
          defaultValue={chosen?.value ?? ""}
          mistake={form.mistakes.what}
          disabled={!awake}
        >
          <option value="">{t("choose")}</option>
          {kinds.map(([kind, label]) => (
            <optgroup key={kind} label={label}>
              {things.flatMap((one) =>
                one.kind === kind ? (
                  <option key={one.id} value={`${kind}-${one.id}`}>
                    {one.name}
                  </option>
                ) : (
                  []
                ),
              )}
            </optgroup>
          ))}
        </SelectField>
      )}
      <RuleFields
        slug={slug}
        start={null}
        payers={payers}
        payerId={ownId}
        weekDays={weekDays}
        source={source}
        onHour={() => setPrice(null)}
        mistakes={form.mistakes}
      />
      {price && (
        <p role="status" className="text-text-2">
          {t("price", {
            run: credits(price.runCredits),
            slots: price.slots,
            month: credits(price.monthCredits),
            day: moment(price.firstDueAt, price.firstDueAt, locale, timeZone),
          })}
        </p>
      )}
      <FormFailure text={form.failure} />
      <SubmitButton pending={form.pending} className={`justify-self-start ${price ? "btn-spend" : ""}`}>
        {price ? t("confirm", { price: credits(price.monthCredits) }) : t("ask")}
      </SubmitButton>
    </form>
  );
}

/** The body of the call, from what stands in the fields. */
function readFields(data: FormData) {
  const text = (name: string) => String(data.get(name) ?? "");
  const [kind = "", ...rest] = text("what").split("-");
  const id = rest.join("-");
  return {
    searchId: kind === "search" ? id : null,
    watchlistId: kind === "watchlist" ? id : null,
    ...readRule(data),
    ...readPayer(data),
  };
}
