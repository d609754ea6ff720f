const lists = new Map<string, Intl.DisplayNames>();

/** `Intl` throws at what cannot be the code of a region, such as the rest of an address that somebody typed. */
const CODE = /^(?:[a-z]{2}|\d{3})$/i;

/** Names of regions in a language; of those that the language's own list does not name as here, by the words given. */
export function regionNames(locale: string, own: (code: "all_regions" | "TW") => string): (code: string) => string {
  const names = lists.get(locale) ?? new Intl.DisplayNames(locale, { type: "region" });
  lists.set(locale, names);
  return (code) => {
    if (code === "all_regions" || code === "TW") return own(code);
    return (CODE.test(code) && names.of(code)) || code;
  };
}
