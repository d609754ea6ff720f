import "server-only";
import { randomUUID } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import type { z } from "zod";
import { placeOf, visitorOf } from "@/lib/auth/caller-address";
import { assertAllowed } from "@/lib/auth/context";
import { noteRefusal } from "@/lib/auth/note-refusal";
import type { Permission } from "@/lib/auth/permissions";
import type { Cookie } from "@/lib/auth/session-token";
import { touchSession } from "@/lib/auth/sessions";
import { LANGUAGE_COOKIE, negotiateLocale } from "@/lib/i18n/locale";
import type { AppError } from "@/lib/platform/errors";
import { log } from "@/lib/platform/log";
import { type Caller, hasToken, identify } from "./caller";
import type { ApiRoute, Call, Declaration, RouteSpec } from "./declaration";
import { assertSameOrigin, isChange } from "./origin";
import { idempotencyKeyOf, parseInput, parseParams, queryOf, readJson } from "./parse-input";
import { type Edge, problem, toAppError } from "./problem";
import { countRequest } from "./request-rate";

/** What `run` is given, as far as the handler cares: the declaration's types have seen to the rest. */
type AnyRun = (input: Record<string, unknown>) => Promise<unknown>;

/**
 * A route of the HTTP API, as a declaration: who may call, what comes in, what goes out, and the verb between them.
 * In this order: rate of the place, origin, who asks, permission, input, rate of the caller, `run`, the response's named fields. Every failure becomes
 * problem+json here and is logged here, once.
 */
export function apiRoute<
  const P extends Permission | undefined = undefined,
  const A extends true | undefined = undefined,
  const U extends true | undefined = undefined,
  const Optional extends true | undefined = undefined,
  Params extends z.ZodObject | undefined = undefined,
  Query extends z.ZodObject | undefined = undefined,
  Body extends z.ZodType | undefined = undefined,
  Response extends z.ZodType | null = null,
>(declaration: Declaration<P, A, U, Optional, Params, Query, Body, Response>): ApiRoute {
  const spec = specOf(declaration);
  const run = declaration.run as unknown as AnyRun;
  const handler = async (request: NextRequest, context: { params: Promise<Record<string, unknown>>; as?: "xlsx" }) => {
    const edge: Edge = { requestId: randomUUID(), locale: localeOf(request, null) };
    let response: globalThis.Response;
    try {
      response = await answer(spec, run, request, context, edge);
    } catch (error) {
      const failure = toAppError(error);
      logFailure(failure, error, request, edge);
      await noteForbidden(failure, request, edge);
      response = problem(failure, edge);
    }
    response.headers.set("cache-control", "no-store");
    response.headers.set("x-content-type-options", "nosniff");
    // Nothing here is a page: opened in a browser or a frame, it loads and runs nothing.
    response.headers.set("content-security-policy", "default-src 'none'; frame-ancestors 'none'; sandbox");
    response.headers.set("cross-origin-resource-policy", "same-origin");
    response.headers.set("x-request-id", edge.requestId);
    return response;
  };
  return Object.assign(handler, { spec });
}

function specOf<P extends Permission | undefined, Params, Query, Body, Response>(
  declaration: Omit<
    Declaration<P, true | undefined, true | undefined, true | undefined, Params, Query, Body, Response>,
    "run"
  >,
): RouteSpec {
  const { permission, account, public: open, response, file = null } = declaration;
  const { spends = false, dryRuns = false, findsExisting = false } = declaration;
  if ([permission, account, open].filter(Boolean).length !== 1) {
    throw new Error(`“${declaration.summary}” must declare one of permission, account and public`);
  }
  return {
    summary: declaration.summary,
    description: declaration.description ?? null,
    access: permission ? "team" : account ? "account" : "public",
    permission: permission ?? null,
    teamOptional: declaration.teamOptional ?? false,
    params: (declaration.params as z.ZodObject | undefined) ?? null,
    query: (declaration.query as z.ZodObject | undefined) ?? null,
    body: (declaration.body as z.ZodType | undefined) ?? null,
    response: response as z.ZodType | null,
    file,
    status: declaration.status ?? (response || file ? 200 : 204),
    spends,
    maxBodyBytes: declaration.maxBodyBytes,
    dryRuns,
    findsExisting,
    errors: declaration.errors ?? [],
  };
}

async function answer(
  spec: RouteSpec,
  run: AnyRun,
  request: NextRequest,
  context: { params: Promise<Record<string, unknown>>; as?: "xlsx" },
  edge: Edge,
): Promise<globalThis.Response> {
  const visitor = visitorOf(request.headers);
  const place = placeOf(visitor.address) ?? "unknown";
  await countRequest(place, "place");
  const isOpen = spec.access === "public";
  if (isChange(request) && (isOpen || !hasToken(request))) assertSameOrigin(request);
  const teamNeed = spec.access === "account" ? "none" : spec.teamOptional ? "optional" : "needed";
  const caller = isOpen ? null : await identify(request, teamNeed);
  edge.locale = localeOf(request, caller);
  edge.ctx = caller?.ctx ?? null;
  edge.timeZone = caller?.ctx?.team.timeZone;
  if (caller?.ctx && spec.permission) assertAllowed(caller.ctx, spec.permission);

  const parsed = {
    params: spec.params ? parseParams(spec.params, await context.params) : {},
    query: spec.query ? parseInput(spec.query, queryOf(request)) : {},
    body: spec.body ? parseInput(spec.body, await readJson(request, spec.maxBodyBytes)) : {},
  };
  const idempotencyKey = spec.spends ? idempotencyKeyOf(request) : null;
  await countRequest(caller?.ctx?.token?.id ?? caller?.account?.id ?? place);
  if (caller?.account && isChange(request)) await touchSession(caller.account.session);

  const cookies: Cookie[] = [];
  const call: Call = {
    request,
    visitor,
    locale: edge.locale,
    as: context.as ?? "csv",
    idempotencyKey,
    setCookie: (cookie) => cookies.push(cookie),
  };
  const result = await run({ ...askerOf(caller, spec), ...parsed, call });
  if (spec.file && result instanceof globalThis.Response) return result;
  const isDry = spec.dryRuns && (parsed.body as { dryRun?: boolean }).dryRun === true;
  const isFound = spec.findsExisting && (result as { isNew?: boolean }).isNew === false;
  const response = spec.response
    ? NextResponse.json(spec.response.parse(result), { status: isDry || isFound ? 200 : spec.status })
    : new NextResponse(null, { status: spec.status });
  for (const cookie of cookies) response.cookies.set(cookie);
  return response;
}

function askerOf(caller: Caller | null, spec: RouteSpec) {
  if (!caller) return {};
  if (spec.access === "account") return { account: caller.account };
  return { ctx: caller.ctx, userId: caller.ctx?.member.userId ?? caller.account?.id };
}

const localeOf = (request: NextRequest, caller: Caller | null) =>
  negotiateLocale({
    account: caller?.account?.language,
    cookie: request.cookies.get(LANGUAGE_COOKIE)?.value,
    acceptLanguage: request.headers.get("accept-language"),
  });

/** A change that a member or token of the team was refused stands in its audit log; a refused look does not. */
async function noteForbidden({ code, details }: AppError, request: NextRequest, { ctx }: Edge): Promise<void> {
  if (code !== "forbidden" || !ctx || !isChange(request)) return;
  const { method, nextUrl } = request;
  await noteRefusal(ctx, "permission.refused", details.reason ?? code, { method, path: nextUrl.pathname });
}

function logFailure(failure: AppError, error: unknown, request: NextRequest, edge: Edge): void {
  const facts = {
    code: failure.code,
    reason: failure.details.reason,
    status: failure.status,
    method: request.method,
    path: request.nextUrl.pathname,
    requestId: edge.requestId,
    ledgerRequestId: failure.details.requestId,
  };
  if (failure !== error) log().error({ ...facts, err: error }, "request failed");
  else if (failure.status >= 500) log().warn(facts, "request failed");
  else log().info(facts, "request refused");
}
