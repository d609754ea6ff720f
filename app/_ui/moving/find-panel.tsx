"use client";
import { Autocomplete } from "@base-ui/react/autocomplete";
import { Dialog } from "@base-ui/react/dialog";
import {
  Bookmark,
  Clock,
  Files,
  Keyboard,
  Link2,
  type LucideIcon,
  Search,
  Shapes,
  Star,
  UserRound,
} from "lucide-react";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { categoryHref } from "@/app/_ui/category-href";
import type { Found } from "@/lib/tracking/find-schemas";
import { copyLink } from "./copy-link";
import { visitsOf } from "./kept";
import { holds } from "./matching";
import { PAGES, type PageName } from "./pages";
import { useFound } from "./use-found";
import { WORDS } from "./words";

export type FindPanelProps = {
  slug: string;
  accountId: string;
  canAudit: boolean;
  onOpen: (panel: "find" | "keys" | null) => void;
};
type Kind = Found["items"][number]["kind"];
type Entry = { id: string; label: string; detail: string | null; Icon: LucideIcon; choose: () => void };
type Group = { value: string; items: Entry[] };

const ICONS: Record<Kind, LucideIcon> = { category: Shapes, search: Bookmark, watchlist: Star, member: UserRound };
const KINDS = Object.keys(ICONS) as Kind[];

/** Looks up pages, things and people by name, in the words of either language; what was looked at last stands first. */
export function FindPanel({ slug, accountId, canAudit, onOpen }: FindPanelProps) {
  const t = useTranslations("moving");
  const locale = useLocale();
  const router = useRouter();
  const [typed, setTyped] = useState("");
  const [visits] = useState(() => visitsOf(accountId, slug));
  const q = typed.trim();
  const found = useFound(slug, q);
  const go = (href: string) => () => {
    onOpen(null);
    router.push(href);
  };

  const pages = PAGES.filter(
    ([name]) =>
      (name !== "audit" || canAudit) && Object.values(WORDS).some(({ moving }) => holds(moving.pages[name], q)),
  ).map(([name, path]): Entry => pageEntry(name, `/t/${slug}${path}`));
  const groups: Group[] = [
    {
      value: t("groups.recent"),
      items: visits
        .filter(({ name }) => holds(name, q))
        .map(({ href, name }) => ({ id: href, label: name, detail: null, Icon: Clock, choose: go(href) })),
    },
    { value: t("groups.pages"), items: pages },
    ...KINDS.map((kind) => ({
      value: t(`groups.${kind}`),
      items: (found?.items ?? [])
        .filter((item) => item.kind === kind)
        .map(({ id, name, detail }): Entry => {
          return { id: `${kind} ${id}`, label: name, detail, Icon: ICONS[kind], choose: go(hrefOf(kind, id)) };
        }),
    })),
    {
      value: t("groups.deeds"),
      items: [
        { id: "copy", label: t("copy"), detail: null, Icon: Link2, choose: copy },
        { id: "keys", label: t("keys"), detail: null, Icon: Keyboard, choose: () => onOpen("keys") },
      ].filter(({ label }) => holds(label, q)),
    },
  ].filter(({ items }) => items.length > 0);
  const count = groups.reduce((sum, { items }) => sum + items.length, 0);

  return (
    <Dialog.Popup className="sheet fixed inset-x-3 top-[max(0.75rem,8dvh)] z-50 mx-auto flex h-[min(30rem,84dvh)] max-w-[36rem] flex-col overflow-hidden text-left shadow-float">
      <Dialog.Title className="sr-only">{t("title")}</Dialog.Title>
      <Autocomplete.Root
        open
        inline
        mode="none"
        items={groups}
        value={typed}
        onValueChange={setTyped}
        itemToStringValue={({ label }: Entry) => label}
        autoHighlight="always"
        keepHighlight
      >
        <div className="flex items-center gap-2 border-line border-b pr-2 pl-3.5">
          <Search size={16} aria-hidden="true" className="shrink-0 text-text-3" />
          <Autocomplete.Input
            aria-label={t("field")}
            placeholder={t("field")}
            maxLength={200}
            className="h-11 min-w-0 grow bg-transparent outline-none placeholder:text-text-3"
          />
          <Dialog.Close className="btn btn-quiet shrink-0">{t("close")}</Dialog.Close>
        </div>
        <div className="min-h-0 grow overflow-y-auto overscroll-contain">
          <Autocomplete.List className="p-1.5">
            {({ value, items }: Group) => (
              <Autocomplete.Group key={value} items={items}>
                <Autocomplete.GroupLabel className="px-2.5 pt-2 pb-1 font-medium text-text-3 text-xs">
                  {value}
                </Autocomplete.GroupLabel>
                <Autocomplete.Collection>
                  {(entry: Entry) => (
                    <Autocomplete.Item
                      key={entry.id}
                      value={entry}
                      onClick={entry.choose}
                      className="menu-item cursor-default scroll-my-2 data-[highlighted]:bg-sunk"
                    >
                      <entry.Icon size={15} aria-hidden="true" className="shrink-0 text-text-3" />
                      <span className="truncate">{entry.label}</span>
                      {entry.detail && (
                        <span className="ml-auto truncate pl-3 text-text-3 text-xs">{entry.detail}</span>
                      )}
                    </Autocomplete.Item>
                  )}
                </Autocomplete.Collection>
              </Autocomplete.Group>
            )}
          </Autocomplete.List>
          {found && count === 0 && (
            <div className="px-4 py-6 text-center">
              <p className="font-medium">{t("none")}</p>
              <p className="text-text-2">{t("noneHint")}</p>
            </div>
          )}
        </div>
        <Autocomplete.Status className="num border-line border-t px-3.5 py-1.5 text-text-3 text-xs">
          {!found ? t("loading") : found.failed ? t("failed") : q === "" ? t("hint") : t("found", { count })}
        </Autocomplete.Status>
      </Autocomplete.Root>
    </Dialog.Popup>
  );

  function pageEntry(name: PageName, href: string): Entry {
    const isSetting = href.includes("/settings/");
    return {
      id: href,
      label: t(`pages.${name}`),
      detail: isSetting ? t("settings") : null,
      Icon: Files,
      choose: go(href),
    };
  }

  function hrefOf(kind: Kind, id: string): string {
    if (kind === "category") return categoryHref(slug, id);
    if (kind === "member") return `/t/${slug}/credits?member=${id}`;
    return `/t/${slug}/${kind === "search" ? "searches" : "watchlists"}/${id}`;
  }

  function copy() {
    onOpen(null);
    void copyLink(locale);
  }
}
