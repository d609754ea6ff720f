const NOWHERE = "http://nowhere.invalid";

/** Where to go after signing in: a path of this application, never another site. */
export function localPath(given: string | string[] | undefined): string {
  const path = (Array.isArray(given) ? given[0] : given) ?? "";
  const goal = URL.parse(path, NOWHERE);
  // As a browser reads it, which drops tabs and line ends: what is left may begin another site's address.
  if (!path.startsWith("/") || goal?.origin !== NOWHERE || goal.pathname.startsWith("//")) return "/";
  return `${goal.pathname}${goal.search}${goal.hash}`;
}
