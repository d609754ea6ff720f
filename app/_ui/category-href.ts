type Place = { region: string; window: string };

/** The address of a category's page; calendar months are one series there. */
export function categoryHref(slug: string, id: string, place?: Place): string {
  const window = place?.window.includes("-") ? "month" : place?.window;
  const query = place ? `?${new URLSearchParams({ region: place.region, window: window ?? "" })}` : "";
  return `/t/${slug}/categories/${id}${query}`;
}
