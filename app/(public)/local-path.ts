/** Where to go after signing in: a path of this application, never another site. */
export function localPath(given: string | string[] | undefined): string {
  const path = Array.isArray(given) ? given[0] : given;
  return path && /^\/(?![/\\])/.test(path) ? path : "/";
}
