import "server-only";
import { z } from "zod";
import { BY_TOKEN, WRITES } from "@/lib/auth/permissions";
import { translator } from "@/lib/i18n/translate";
import { appUrl } from "@/lib/platform/env";
import { ERROR_STATUS, type ErrorCode } from "@/lib/platform/errors";
import type { ApiRoute, RouteSpec } from "./declaration";

export const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
type Method = (typeof METHODS)[number];

/** The handlers of one address, as its route file exports them; `{id}` marks what varies in the address. */
export type RouteFile = { path: string; handlers: Partial<Record<Method, ApiRoute>> };

type Json = Record<string, unknown>;

const SPENDING_ERRORS: ErrorCode[] = [
  "team_limit_reached",
  "member_limit_reached",
  "token_limit_reached",
  "upstream_out_of_credits",
  "key_missing",
  "key_rejected",
  "conflict",
  "upstream_failed",
  "upstream_no_data",
  "upstream_invalid_answer",
  "upstream_rate_limited",
  "upstream_timeout",
];

/** OpenAPI 3.1 from the declarations that also validate: what is described is what runs. */
export function openApiDocument(routes: RouteFile[]): Json {
  const paths: Json = {};
  for (const { path, handlers } of routes) {
    const operations = METHODS.flatMap((method) => {
      const spec = handlers[method]?.spec;
      return spec ? [[method.toLowerCase(), operation(path, method, spec)]] : [];
    });
    paths[path] = Object.fromEntries(operations);
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Nichebook",
      version: "1",
      description:
        "Reading is free: no GET spends. A token belongs to one member of one team; a signed-in browser names its team by `?team=`. What administers a team, and schedules, ask for a session: a token is refused with the reason `session_needed`.",
    },
    servers: [{ url: `${appUrl()}/api/v1` }],
    paths,
    components: {
      securitySchemes: {
        token: { type: "http", scheme: "bearer", description: "`nbk_…`, of scope `read` or `read+spend`" },
        session: { type: "apiKey", in: "cookie", name: "nichebook.session" },
      },
      schemas: { Problem: problemSchema() },
    },
  };
}

function operation(path: string, method: Method, spec: RouteSpec): Json {
  const isChange = method !== "GET";
  return {
    operationId: `${method.toLowerCase()}${path.replace(/[^a-z]+(.)/gi, (_, letter: string) => letter.toUpperCase())}`,
    tags: [path.split("/")[1] ?? ""],
    summary: spec.summary,
    ...(spec.description ? { description: spec.description } : {}),
    security: securityOf(spec),
    parameters: parametersOf(spec),
    ...(spec.body
      ? { requestBody: { required: true, content: { "application/json": { schema: jsonSchema(spec.body, "input") } } } }
      : {}),
    responses: {
      ...(spec.dryRuns ? { 200: { description: "What it would cost; nothing was started" } } : {}),
      ...(spec.findsExisting ? { 200: { description: "It was there already; answered as on creation" } } : {}),
      [spec.status]: spec.response
        ? { description: "Done", content: { "application/json": { schema: jsonSchema(spec.response, "output") } } }
        : spec.file
          ? { description: "Done", content: { [spec.file]: { schema: { type: "string", format: "binary" } } } }
          : { description: "Done, nothing to say" },
      ...failures(spec, isChange),
    },
  };
}

function securityOf(spec: RouteSpec): Json[] {
  if (spec.access === "public") return [];
  if (spec.access === "account") return [{ session: [] }];
  if (!spec.permission || !WRITES.has(spec.permission)) return [{ token: ["read"] }, { session: [] }];
  return [...(BY_TOKEN.has(spec.permission) ? [{ token: ["read+spend"] }] : []), { session: [] }];
}

function parametersOf(spec: RouteSpec): Json[] {
  const team = {
    name: "team",
    in: "query",
    required: false,
    description: `The team's name in addresses; ${spec.teamOptional ? "optional" : "needed with a session"}, may be left out with a token`,
    schema: { type: "string" },
  };
  const idempotencyKey = {
    name: "Idempotency-Key",
    in: "header",
    required: false,
    description: "The same key and body again answers the same and spends nothing",
    schema: { type: "string", minLength: 1, maxLength: 200 },
  };
  return [
    ...fieldsOf(spec.params, "path"),
    ...(spec.access === "team" ? [team] : []),
    ...fieldsOf(spec.query, "query"),
    ...(spec.spends ? [idempotencyKey] : []),
  ];
}

function fieldsOf(schema: z.ZodObject | null, place: "path" | "query"): Json[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = jsonSchema(schema, "input") as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, field]) => ({
    name,
    in: place,
    required: place === "path" || required.includes(name),
    schema: field,
  }));
}

function failures(spec: RouteSpec, isChange: boolean): Json {
  const isSignedIn = spec.access !== "public";
  const codes = new Set<ErrorCode>([
    ...(spec.query || spec.body || spec.access === "team" ? (["invalid_request"] as const) : []),
    ...(isSignedIn ? (["unauthenticated", "forbidden"] as const) : []),
    ...(spec.access === "team" ? (["not_found"] as const) : []),
    ...(isChange ? (["cross_origin"] as const) : []),
    ...(spec.spends ? SPENDING_ERRORS : []),
    ...spec.errors,
    "too_many_requests",
    "internal",
    "unavailable",
  ]);
  const described: Json = {};
  for (const status of new Set([...codes].map((code) => ERROR_STATUS[code]))) {
    const ofStatus = [...codes].filter((code) => ERROR_STATUS[code] === status);
    described[status] = {
      description: ofStatus.map((code) => `\`${code}\``).join(", "),
      content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
    };
  }
  return described;
}

function problemSchema(): Json {
  const t = translator("en");
  const codes = Object.keys(ERROR_STATUS) as ErrorCode[];
  const table = codes.map((code) => `- \`${code}\` (${ERROR_STATUS[code]}): ${t(`errors.${code}.title`)}`).join("\n");
  const text = { type: "string" };
  const whole = { type: "integer" };
  return {
    type: "object",
    description: "RFC 9457. `code` is stable; `title`, `detail` and messages are in the caller's language.",
    required: ["type", "title", "status", "code", "detail"],
    properties: {
      type: text,
      title: text,
      status: whole,
      code: { type: "string", enum: codes, description: table },
      detail: text,
      instance: { type: "string", description: "Names this failure in the log" },
      errors: {
        type: "array",
        items: { type: "object", required: ["path", "message"], properties: { path: text, message: text } },
      },
      reason: { type: "string", description: "A closed word about the cause" },
      outcome: { type: "string", enum: ["charged", "not_charged", "unsettled"] },
      requestId: { type: "string", format: "uuid", description: "Of the purchase, in the ledger" },
      source: { const: "shared", description: "Another's request that was joined: its credits are theirs" },
      limit: whole,
      spent: whole,
      held: whole,
      resetsAt: { type: "string", format: "date-time" },
      priceCredits: whole,
      retryAfterSeconds: whole,
    },
  };
}

function jsonSchema(schema: z.ZodType, io: "input" | "output"): Json {
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    target: "draft-2020-12",
    io,
    unrepresentable: "any",
    override: ({ jsonSchema: made }) => {
      // The format says it; the pattern behind it is unreadable.
      if (made.format && made.pattern) delete made.pattern;
    },
  });
  return json;
}
