"use client";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useId, useState } from "react";
import type { FindKind, Found } from "@/lib/tracking/find-schemas";
import { FieldFoot } from "./field-foot";
import { useFound } from "./moving/use-found";
import { useAwake } from "./use-awake";

type Item = Found["items"][number];
type Props = {
  slug: string;
  label: string;
  /** Of the field that holds the id. */
  name?: string;
  kind: FindKind;
  chosen: { value: string; name: string } | null;
  /** What nothing chosen means. */
  empty?: string;
  hint?: string;
  mistake?: string | undefined;
  className?: string;
  /** What stands in the field for an item; its id, unless told otherwise. */
  toValue?: (item: Item) => string;
  onPick?: (value: string) => void;
};

/** In the place of a select with too many options to look through: what is typed is looked up among the team's names. */
export function PickField(props: Props) {
  const { slug, label, name, kind, chosen: start, empty, hint, mistake, className = "", toValue, onPick } = props;
  const t = useTranslations("client.pick");
  const id = useId();
  const awake = useAwake();
  const [chosen, setChosen] = useState(start);
  const [typed, setTyped] = useState(start?.name ?? "");
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const q = typed === chosen?.name ? "" : typed.trim();
  const found = useFound(slug, open ? q : "", open ? kind : undefined);
  const items = open && found ? found.items : [];

  function pick(item: Item | null) {
    const value = item ? (toValue?.(item) ?? item.id) : "";
    setChosen(item && { value, name: item.name });
    setTyped(item?.name ?? "");
    setOpen(false);
    onPick?.(value);
  }

  function onKeyDown(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      setActive((now) => (open && items.length > 0 ? (now + step + items.length) % items.length : 0));
      setOpen(true);
    } else if (event.key === "Enter" && open) {
      event.preventDefault();
      const item = items[active];
      if (item) pick(item);
    } else if (event.key === "Escape" && open) {
      event.stopPropagation();
      close();
    }
  }

  function close() {
    setOpen(false);
    setTyped(chosen?.name ?? "");
  }

  const says = !found ? t("looking") : found.failed ? t("failed") : items.length === 0 ? t("none") : null;
  const described = [mistake ? `${id}-mistake` : "", hint ? `${id}-hint` : ""].filter(Boolean).join(" ");
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {name && <input type="hidden" name={name} value={chosen?.value ?? ""} />}
      <div className="relative">
        <input
          id={id}
          type="text"
          role="combobox"
          autoComplete="off"
          aria-expanded={open}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={open && items[active] ? `${id}-${active}` : undefined}
          aria-invalid={mistake ? true : undefined}
          aria-describedby={described || undefined}
          className={`input ${className}`}
          placeholder={empty ?? t("placeholder")}
          disabled={!awake}
          value={typed}
          maxLength={200}
          onChange={({ target }) => {
            setTyped(target.value);
            setActive(0);
            setOpen(true);
            if (target.value === "" && chosen) {
              setChosen(null);
              onPick?.("");
            }
          }}
          onClick={() => setOpen(true)}
          onKeyDown={onKeyDown}
          onBlur={close}
        />
        <div
          id={`${id}-list`}
          role="listbox"
          aria-label={label}
          hidden={!open}
          className="sheet absolute inset-x-0 top-full z-20 mt-1 max-h-64 overflow-y-auto p-1 shadow-float"
        >
          {items.map((item, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field hears the keys, as a combobox does
            <div
              key={item.id}
              id={`${id}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              className={`menu-item cursor-default ${index === active ? "bg-sunk" : ""}`}
              // The field keeps the focus, so that leaving it closes the list.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => pick(item)}
            >
              <span className="truncate">{item.name}</span>
              {item.detail && <span className="ml-auto truncate pl-3 text-text-3 text-xs">{item.detail}</span>}
            </div>
          ))}
        </div>
      </div>
      {open && says && (
        <p className="hint" aria-live="polite">
          {says}
        </p>
      )}
      <FieldFoot id={id} mistake={mistake} hint={hint} />
    </div>
  );
}
