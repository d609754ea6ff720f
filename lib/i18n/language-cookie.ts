import "server-only";
import type { Cookie } from "@/lib/auth/session-token";
import { isHttps } from "@/lib/platform/env";
import { LANGUAGE_COOKIE, type Locale } from "./locale";

const YEAR_SECONDS = 365 * 24 * 60 * 60;

/** Keeps a chosen language for the pages of a browser that is not signed in; null forgets it. */
export const languageCookie = (language: Locale | null): Cookie => ({
  name: LANGUAGE_COOKIE,
  value: language ?? "",
  sameSite: "lax",
  path: "/",
  secure: isHttps(),
  maxAge: language ? YEAR_SECONDS : 0,
});
