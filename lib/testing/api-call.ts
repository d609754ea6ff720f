import { NextRequest } from "next/server";
import { sessionCookie } from "@/lib/auth/session-token";
import { createSession } from "@/lib/auth/sessions";
import type { ApiRoute } from "@/lib/http/declaration";
import { db } from "@/lib/platform/db";

export type ApiAnswer = {
  status: number;
  headers: Headers;
  /** Parsed JSON; empty for anything else. */
  body: Record<string, unknown>;
  text: string;
  bytes: Uint8Array;
};

export type ApiCallOptions = {
  method?: string;
  /** As the browser's `Cookie` header. */
  cookie?: string;
  token?: string;
  /** Sent as JSON. */
  json?: unknown;
  query?: Record<string, string>;
  params?: Record<string, string>;
  headers?: Record<string, string>;
};

/** Calls a route's handler as Next would. */
export async function callApi(route: ApiRoute, options: ApiCallOptions = {}): Promise<ApiAnswer> {
  const { method = "GET", cookie, token, json, query = {}, params = {} } = options;
  const headers = new Headers({ host: "localhost:3000", ...options.headers });
  if (cookie) headers.set("cookie", cookie);
  if (token) headers.set("authorization", `Bearer ${token}`);
  if (json !== undefined) headers.set("content-type", "application/json");
  const request = new NextRequest(`http://localhost:3000/api/v1?${new URLSearchParams(query)}`, {
    method,
    headers,
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
  });
  const response = await route(request, { params: Promise.resolve(params) });
  const bytes = new Uint8Array(await response.arrayBuffer());
  const text = new TextDecoder().decode(bytes);
  const isJson = /json\b/.test(response.headers.get("content-type") ?? "");
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : {}, text, bytes };
}

/** A signed-in browser of an account. @returns its `Cookie` header */
export async function signedIn(userId: string): Promise<string> {
  const session = await db().$transaction((tx) => createSession(tx, userId, { address: null, userAgent: null }));
  const { name, value } = await sessionCookie(session);
  return `${name}=${value}`;
}

/** The `Cookie` header that a browser would send after an answer. */
export const cookieOf = (answer: ApiAnswer) =>
  answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
