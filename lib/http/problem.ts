import "server-only";
import type { TeamContext } from "@/lib/auth/context";
import type { Locale } from "@/lib/i18n/locale";
import { type Translate, translator } from "@/lib/i18n/translate";
import { AppError, type ErrorDetails } from "@/lib/platform/errors";

/** Where and for whom a request failed. */
export type Edge = { locale: Locale; requestId: string; timeZone?: string | undefined; ctx?: TeamContext | null };

/** How drivers say that the database is away or has no connection left. */
const DATABASE_AWAY = new Set(
  "ECONNREFUSED ECONNRESET ETIMEDOUT P1001 P1002 P1008 P1017 P2024 08000 08003 08006 53300 57P01 57P02 57P03".split(
    " ",
  ),
);

/** How the pool says, without a code, that no connection was to be had in time. */
const POOL_EXHAUSTED = /^(Connection terminated|timeout exceeded when trying to connect)/;

/** The failure that a caller may know about: anything else than ours is `internal`, without a word of its message. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const isAway = DATABASE_AWAY.has(code) || (error instanceof Error && POOL_EXHAUSTED.test(error.message));
  return isAway ? new AppError("unavailable", { retryAfterSeconds: 5 }) : new AppError("internal");
}

/** A failure as `application/problem+json` (RFC 9457) in the caller's language. */
export function problem(error: AppError, edge: Edge): Response {
  const { code, status, details } = error;
  const t = translator(edge.locale);
  const { errors, ...facts } = details;
  const body = {
    type: `urn:nichebook:problem:${code}`,
    title: t(`errors.${code}.title`),
    status,
    code,
    detail: detailOf(error, edge, t),
    instance: `urn:uuid:${edge.requestId}`,
    ...facts,
    ...(errors ? { errors: errors.map(({ path, message }) => ({ path, message: sentence(message, t) })) } : {}),
  };
  const headers = new Headers({ "content-type": "application/problem+json; charset=utf-8" });
  // RFC 9110, 15.5.2: a 401 says how one may sign in. Unlike "Basic" it makes no browser ask for a password.
  if (status === 401) headers.set("www-authenticate", "Bearer");
  if (details.retryAfterSeconds !== undefined) headers.set("retry-after", String(details.retryAfterSeconds));
  return new Response(JSON.stringify(body), { status, headers });
}

function sentence(message: string, t: Translate): string {
  const key = `validation.${message}`;
  return /^[a-z0-9_]+$/.test(message) && t.has(key) ? t(key) : message;
}

function detailOf({ code, details }: AppError, edge: Edge, t: Translate): string {
  const reasonKey = `errors.${code}.${(details.reason ?? "").replace(/\W/g, "_")}`;
  const key = details.reason && t.has(reasonKey) ? reasonKey : `errors.${code}.detail`;
  const text = t(key, valuesOf(details, edge));
  return details.outcome ? `${text}${edge.locale === "en" ? " " : ""}${t(`errors.outcome.${details.outcome}`)}` : text;
}

const MISSING = "—";

function valuesOf(details: ErrorDetails, edge: Edge) {
  return {
    limit: details.limit ?? MISSING,
    spent: details.spent ?? MISSING,
    held: details.held ?? MISSING,
    priceCredits: details.priceCredits ?? 0,
    resetsAt: details.resetsAt ? momentText(details.resetsAt, edge) : MISSING,
    wait: waitText(details.retryAfterSeconds ?? 60, edge.locale),
    reference: edge.requestId,
  };
}

const momentText = (iso: string, { locale, timeZone = "UTC" }: Edge) =>
  new Intl.DateTimeFormat(locale, {
    year: "numeric",
    month: "short",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone,
    timeZoneName: "short",
  }).format(new Date(iso));

function waitText(seconds: number, locale: Locale): string {
  const [amount, unit] = seconds < 100 ? [seconds, "second"] : [Math.ceil(seconds / 60), "minute"];
  return new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "long" }).format(amount);
}
