import { type Env, SETTING_NAMES } from "@/lib/platform/env";

const LOCAL = ["localhost", "127.0.0.1", "[::1]"];

/** What is valid and likely not meant, each with its mend. @param names of everything in the environment */
export function settingsProblems(settings: Env, names: string[]): string[] {
  const { APP_URL, TRUST_PROXY, METRICS_TOKEN, MAIL_FROM, SMTP_URL } = settings;
  const address = APP_URL ? new URL(APP_URL) : null;
  const [plain, https] = [address?.protocol === "http:", address?.protocol === "https:"];
  return [
    ...names.flatMap((name) => {
      const meant = SETTING_NAMES.includes(name) ? null : SETTING_NAMES.find((known) => isNear(name, known));
      return meant ? [`${name} is no setting and does nothing: is ${meant} meant?`] : [];
    }),
    plain &&
      !LOCAL.includes(address?.hostname ?? "") &&
      "APP_URL is http://, so passwords cross the network as they are: put a proxy with TLS in front and set its https:// address",
    https &&
      !TRUST_PROXY &&
      "TRUST_PROXY is off with an https APP_URL, so everybody has the proxy's address and throttles hold all people together: set TRUST_PROXY=on",
    TRUST_PROXY &&
      !METRICS_TOKEN &&
      "METRICS_TOKEN is not set behind a proxy: set one, so that /api/metrics answers your Prometheus alone",
    MAIL_FROM && !SMTP_URL && "MAIL_FROM is set without SMTP_URL: no mail goes out",
  ].filter((line): line is string => typeof line === "string");
}

/** One is cut from the other, or two letters differ at most; short names are too near to everything. */
function isNear(name: string, known: string): boolean {
  if (Math.min(name.length, known.length) < 7) return false;
  if (known.startsWith(`${name}_`) || name.startsWith(`${known}_`)) return true;
  return distance(name.toUpperCase(), known) <= 2;
}

/** Letters to add, take away or change (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) {
      const change = (row[j] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(change, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
