import { useTranslations } from "next-intl";
import { useState } from "react";
import { hourText } from "@/app/_ui/hour-words";
import { PickField } from "@/app/_ui/pick-field";
import { SelectField } from "@/app/_ui/select-field";
import { useAwake } from "@/app/_ui/use-awake";
import { SHARE } from "@/lib/credits/choices";
import { CADENCES, type Cadence } from "@/lib/schedules/choices";
import type { Schedule, SourceHoursShown } from "@/lib/schedules/schemas";
import type { Payers } from "./choices";

type Props = {
  slug: string;
  start: Pick<Schedule, "cadence" | "hour" | "weekDay" | "monthDay"> | null;
  payers: Payers;
  /** A member's id, or `share`. */
  payerId: string;
  /** From Monday on. */
  weekDays: string[];
  source: SourceHoursShown;
  /** Told when an hour is chosen by the press beside it, of which a form hears nothing. */
  onHour?: () => void;
  mistakes: Record<string, string>;
};

/** In the place of an id: somebody who is not listed. */
const ANOTHER = "another";

const minuteText = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

/** How often, at which hour, and who pays. */
export function RuleFields({ slug, start, payers, payerId, weekDays, source, onHour, mistakes }: Props) {
  const t = useTranslations("client.schedules");
  const awake = useAwake();
  const [hour, setHour] = useState(start?.hour ?? 9);
  const [payer, setPayer] = useState(payerId);
  const [cadence, setCadence] = useState<Cadence>(start?.cadence ?? "daily");
  return (
    <>
      <div className="grid grid-cols-2 gap-2">
        <SelectField
          label={t("cadence")}
          name="cadence"
          value={cadence}
          onChange={(event) => setCadence(event.target.value as Cadence)}
          mistake={mistakes.cadence}
          disabled={!awake}
        >
          {CADENCES.map((one) => (
            <option key={one} value={one}>
              {t(`cadences.${one}`)}
            </option>
          ))}
        </SelectField>
        <SelectField
          label={t("hour")}
          name="hour"
          value={hour}
          onChange={(event) => setHour(Number(event.target.value))}
          mistake={mistakes.hour}
          disabled={!awake}
        >
          {numbers(0, 23).map((hour) => (
            <option key={hour} value={hour}>
              {hourText(hour)}
            </option>
          ))}
        </SelectField>
      </div>
      {source && (
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1.5 text-text-2 text-xs">
          {t("source", {
            from: minuteText(source.fromMinute),
            to: minuteText(source.toMinute),
            count: source.observations,
          })}
          {hour !== source.runHour && (
            <button
              type="button"
              className="btn"
              disabled={!awake}
              onClick={() => {
                setHour(source.runHour);
                onHour?.();
              }}
            >
              {t("sourceRun", { hour: hourText(source.runHour) })}
            </button>
          )}
        </p>
      )}
      {cadence === "weekly" && (
        <SelectField label={t("weekDay")} name="weekDay" defaultValue={start?.weekDay ?? 1} mistake={mistakes.weekDay}>
          {weekDays.map((day, index) => (
            <option key={day} value={index + 1}>
              {day}
            </option>
          ))}
        </SelectField>
      )}
      {cadence === "monthly" && (
        <SelectField
          label={t("monthDay")}
          name="monthDay"
          hint={t("monthDayHint")}
          defaultValue={start?.monthDay ?? 1}
          mistake={mistakes.monthDay}
        >
          {numbers(1, 31).map((day) => (
            <option key={day} value={day}>
              {day}
            </option>
          ))}
        </SelectField>
      )}
      <SelectField
        label={t("owner")}
        name="memberId"
        value={payer}
        onChange={({ target }) => setPayer(target.value)}
        hint={t("ownerHint")}
        mistake={mistakes.memberId ?? mistakes.paidBy}
        disabled={!awake}
      >
        {payers.items.map(({ id, name }) => (
          <option key={id} value={id}>
            {id === SHARE ? t("share") : name}
          </option>
        ))}
        {payers.isPart && <option value={ANOTHER}>{t("anotherPayer")}</option>}
      </SelectField>
      {payer === ANOTHER && (
        <PickField slug={slug} label={t("payerName")} name="anotherId" kind="member" chosen={null} />
      )}
    </>
  );
}

/** Who pays by the fields; the share pays on behalf of whoever the schedule belongs to. */
export function readPayer(data: FormData) {
  const chosen = String(data.get("memberId") ?? "");
  const payer = chosen === ANOTHER ? String(data.get("anotherId") ?? "") : chosen;
  return payer === SHARE ? { paidBy: SHARE } : { paidBy: "member", memberId: payer };
}

/** The rule that stands in the fields, as the API wants it. */
export function readRule(data: FormData) {
  const number = (name: string) => (data.get(name) === null ? null : Number(data.get(name)));
  return {
    cadence: String(data.get("cadence") ?? ""),
    hour: number("hour"),
    weekDay: number("weekDay"),
    monthDay: number("monthDay"),
  };
}
