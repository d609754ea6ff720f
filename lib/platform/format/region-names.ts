const lists = new Map<string, Intl.DisplayNames>();

/** Names of regions in a language; of those that the language's own list does not name as here, by the words given. */
export function regionNames(locale: string, own: (code: "all_regions" | "TW") => string): (code: string) => string {
  const names = lists.get(locale) ?? new Intl.DisplayNames(locale, { type: "region" });
  lists.set(locale, names);
  return (code) => (code === "all_regions" || code === "TW" ? own(code) : (names.of(code) ?? code));
}
