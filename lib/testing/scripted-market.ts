import { type Exchange, json, wirePage, wireRow } from "./scripted-upstream";

/** An upstream whose rankings a test arranges: by region, the ids of third-level categories in their order. */
export function scriptedMarket(rankings: Record<string, string[]>) {
  const names = new Map<string, string>();
  const exchange: Exchange = (request, response) => {
    const query = new URL(request.url ?? "", "http://x").searchParams;
    const ranking = rankings[query.get("region") ?? ""] ?? [];
    const category = query.get("ecom_category_id");
    const page = Number(query.get("page"));
    const found = category ? ranking.filter((id) => id === category) : ranking;
    const from = (page - 1) * 20;
    const rows = found.slice(from, from + 20).map((id, index) =>
      wireRow(index + 1, {
        post: 90_000 - ranking.indexOf(id) * 10,
        third_ecom_category: { id, label: `category_${id}`, parent_id: "848648", value: names.get(id) ?? `Name ${id}` },
      }),
    );
    const pagination = { page, size: rows.length, total: found.length, has_more: from + 20 < found.length };
    json(response, 200, wirePage([], { data: { list: rows, pagination } }));
  };
  return { rankings, names, exchange };
}

/** What reached the upstream, in short: a page's number, or a category's id. */
export function askedOf(seen: readonly { path: string }[], region = "US"): string[] {
  return seen.flatMap(({ path }) => {
    const query = new URL(path, "http://x").searchParams;
    if (query.get("region") !== region) return [];
    return [query.get("ecom_category_id") ?? `page ${query.get("page")}`];
  });
}
