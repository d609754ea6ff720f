"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useRef, useState } from "react";
import { toast } from "sonner";
import { callApi } from "@/app/_ui/call-api";
import { FormFailure } from "@/app/_ui/form-failure";
import { PickField } from "@/app/_ui/pick-field";
import { SelectField } from "@/app/_ui/select-field";
import { SubmitButton } from "@/app/_ui/submit-button";
import { TextField } from "@/app/_ui/text-field";
import { useJsonForm } from "@/app/_ui/use-json-form";
import {
  ALERT_AGAINST,
  ALERT_CONDITIONS,
  type AlertCondition,
  METRIC_CONDITIONS,
  PERCENT_CONDITIONS,
  VALUELESS_CONDITIONS,
} from "@/lib/alerts/choices";
import type { AlertPreview, AlertRule } from "@/lib/alerts/schemas";
import { METRICS } from "@/lib/insights/choices";
import { PreviewResult } from "./preview-result";
import type { Option, RuleOptions } from "./rule-choices";
import { TheirRule } from "./their-rule";

type Scope = "category" | "list" | "search";

type Props = {
  slug: string;
  options: RuleOptions;
  place: { region: string; window: string };
  timeZone: string;
  /** The rule that is said anew; a new one without. */
  rule?: AlertRule;
};

const PAUSES = [0, 24, 72, 168];

/**
 * A rule as a sentence: what, of what, when. It can be tried on the stored past before it is saved. When somebody else was
 * faster, what they wrote is shown and what was typed stays.
 */
export function RuleForm({ slug, options, place, timeZone, rule: given }: Props) {
  const t = useTranslations("client.alerts");
  const router = useRouter();
  // What is typed stays, also when the page learns of a newer version.
  const [rule] = useState(given);
  const [theirs, setTheirs] = useState<AlertRule | null>(null);
  const [condition, setCondition] = useState<AlertCondition>(rule?.condition ?? "rises_by");
  const [scope, setScope] = useState<Scope>(scopeOf(rule, options));
  const [preview, setPreview] = useState<AlertPreview | null>(null);
  /** What the preview is of, whatever is typed since. */
  const tried = useRef<ReturnType<typeof readRule> | null>(null);
  const [asked, setAsked] = useState<"save" | "preview">("save");
  const [version, setVersion] = useState(rule?.version);
  const team = `?team=${encodeURIComponent(slug)}`;
  const read = (form: FormData) => readRule(form, scope);
  const save = useJsonForm<AlertRule>({
    path: rule ? `/api/v1/alerts/rules/${rule.id}${team}` : `/api/v1/alerts/rules${team}`,
    method: rule ? "PUT" : "POST",
    read: (form) => ({ ...read(form), ...(version === undefined ? {} : { version }) }),
    onRefused: async ({ reason }) => {
      if (!rule || reason !== "edited_meanwhile") return;
      const now = await callApi<AlertRule>(`/api/v1/alerts/rules/${rule.id}${team}`, { method: "GET" });
      if (!now.ok) return;
      setTheirs(now.data);
      setVersion(now.data.version);
    },
    onDone: (saved) => {
      toast(t("saved"));
      setPreview(null);
      setTheirs(null);
      if (rule) {
        setVersion(saved.version);
        router.refresh();
      } else router.push(`/t/${slug}/alerts/rules/${saved.id}`);
    },
  });
  const tryOut = useJsonForm<AlertPreview>({
    path: `/api/v1/alerts/rules/preview${team}`,
    method: "POST",
    read: (form) => {
      tried.current = read(form);
      return tried.current;
    },
    onDone: setPreview,
    onRefused: () => setPreview(null),
  });
  const { mistakes, failure } = asked === "save" ? save : tryOut;

  function submit(event: FormEvent<HTMLFormElement>) {
    const submitter = (event.nativeEvent as SubmitEvent).submitter;
    const wants = submitter?.getAttribute("value") === "preview" ? "preview" : "save";
    setAsked(wants);
    return (wants === "preview" ? tryOut : save).submit(event);
  }

  const select = (name: string, label: string, items: readonly Option[], start: string) => (
    <SelectField label={label} name={name} defaultValue={start} mistake={mistakes[name]}>
      {items.map(({ value, label: text }) => (
        <option key={value} value={value}>
          {text}
        </option>
      ))}
    </SelectField>
  );

  function thing(
    kind: "watchlist" | "search" | "category",
    name: "watchlistId" | "searchId" | "categoryId",
    label: string,
    items: readonly Option[] | null,
  ) {
    const start = rule?.[name] ?? "";
    if (items !== null) return select(name, label, items, start);
    const called = rule?.scopeName ?? rule?.categoryName ?? start;
    return (
      <PickField
        slug={slug}
        label={label}
        name={name}
        kind={kind}
        chosen={start ? { value: start, name: called } : null}
        mistake={mistakes[name]}
      />
    );
  }

  return (
    <form method="post" noValidate autoComplete="off" onSubmit={submit} className="grid gap-3">
      <div className="grid gap-3 sm:grid-cols-2">
        <SelectField
          label={t("scope")}
          name="scope"
          value={scope}
          onChange={({ target }) => setScope(target.value as Scope)}
        >
          <option value="category">{t("scopes.category")}</option>
          <option value="list">{t("scopes.list")}</option>
          <option value="search">{t("scopes.search")}</option>
        </SelectField>
        {scope === "list" && thing("watchlist", "watchlistId", t("list"), options.lists)}
        {scope === "search" && thing("search", "searchId", t("search"), options.searches)}
        {scope === "category" && thing("category", "categoryId", t("category"), options.categories)}
        {scope === "category" && select("region", t("region"), options.regions, rule?.region ?? place.region)}
        {scope === "category" && select("window", t("window"), options.windows, rule?.window ?? place.window)}
      </div>
      <div className="grid gap-3 sm:grid-cols-2">
        <SelectField
          label={t("condition")}
          name="condition"
          value={condition}
          mistake={mistakes.condition}
          onChange={({ target }) => setCondition(target.value as AlertCondition)}
        >
          {ALERT_CONDITIONS.map((one) => (
            <option key={one} value={one}>
              {t(`conditions.${one}`)}
            </option>
          ))}
        </SelectField>
        {METRIC_CONDITIONS.includes(condition) &&
          select(
            "metric",
            t("metric"),
            METRICS.map((metric) => ({ value: metric, label: options.metrics[metric] })),
            rule?.metric ?? "posts",
          )}
        {!VALUELESS_CONDITIONS.includes(condition) && (
          <TextField
            label={t(`values.${condition}` as "values.rises_by")}
            name="value"
            inputMode="decimal"
            defaultValue={rule?.value ?? ""}
            mistake={mistakes.value}
          />
        )}
        {PERCENT_CONDITIONS.includes(condition) &&
          select(
            "against",
            t("against"),
            ALERT_AGAINST.map((one) => ({ value: one, label: t(`againsts.${one}`) })),
            rule?.against ?? "previous",
          )}
      </div>
      <div className="grid gap-3 sm:grid-cols-2">
        <SelectField
          label={t("cooldown")}
          name="cooldownHours"
          defaultValue={rule?.cooldownHours ?? 24}
          mistake={mistakes.cooldownHours}
        >
          {[...new Set([...PAUSES, rule?.cooldownHours ?? 24])].map((hours) => (
            <option key={hours} value={hours}>
              {t("pause", { hours })}
            </option>
          ))}
        </SelectField>
        <TextField label={t("name")} name="name" defaultValue={rule?.name ?? ""} mistake={mistakes.name} />
      </div>
      {options.webhooks.length > 0 && (
        <fieldset className="grid gap-1">
          <legend className="mb-1">{t("webhooks")}</legend>
          {options.webhooks.map(({ value, label }) => (
            <label key={value} className="wrap-anywhere flex items-center gap-2">
              <input
                type="checkbox"
                name="webhookIds"
                value={value}
                defaultChecked={rule?.webhookIds.includes(value) ?? false}
              />
              {label}
            </label>
          ))}
          {options.webhookTotal > options.webhooks.length && (
            <p className="hint">{t("webhooksPart", { count: options.webhooks.length, total: options.webhookTotal })}</p>
          )}
        </fieldset>
      )}
      <FormFailure text={failure} />
      {theirs && <TheirRule rule={theirs} options={options} />}
      <div className="flex flex-wrap gap-2">
        <SubmitButton pending={save.pending}>{t(rule ? "change" : "save")}</SubmitButton>
        <SubmitButton pending={tryOut.pending} className="" name="act" value="preview">
          {t("preview")}
        </SubmitButton>
      </div>
      <div aria-live="polite" className="min-w-0">
        {preview && (
          <PreviewResult
            preview={preview}
            options={options}
            timeZone={timeZone}
            fileOf={(ending) => `/api/v1/alerts/rules/preview.${ending}${team}&${ruleQuery(tried.current)}`}
          />
        )}
      </div>
    </form>
  );
}

function scopeOf(rule: AlertRule | undefined, options: RuleOptions): Scope {
  if (rule) return rule.watchlistId ? "list" : rule.searchId ? "search" : "category";
  return options.lists === null || options.lists.length > 0 ? "list" : "category";
}

/** A rule that was tried, in an address; its name and webhooks do not matter to that. */
function ruleQuery(rule: ReturnType<typeof readRule> | null): string {
  const { name: _name, webhookIds: _webhookIds, ...sentence } = rule ?? {};
  return new URLSearchParams(
    Object.entries(sentence).flatMap(([field, value]) =>
      value === null || value === "" ? [] : [[field, String(value)]],
    ),
  ).toString();
}

/** The body that the fields stand for; a number that is none goes as it was typed, so that its field is named. */
function readRule(form: FormData, scope: Scope) {
  const text = (name: string) => String(form.get(name) ?? "").trim();
  const value = text("value");
  return {
    name: text("name"),
    condition: text("condition"),
    metric: text("metric"),
    value: value === "" ? null : Number.isFinite(Number(value)) ? Number(value) : value,
    against: text("against"),
    cooldownHours: Number(text("cooldownHours")),
    categoryId: scope === "category" ? text("categoryId") : null,
    region: text("region"),
    window: text("window"),
    watchlistId: scope === "list" ? text("watchlistId") : null,
    searchId: scope === "search" ? text("searchId") : null,
    webhookIds: form.getAll("webhookIds"),
  };
}
