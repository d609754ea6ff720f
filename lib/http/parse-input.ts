import "server-only";
import type { z } from "zod";
import { AppError, type ErrorDetails, invalid, notFound } from "@/lib/platform/errors";

const MAX_BODY_BYTES = 64 * 1024;

type RawIssue = Parameters<z.core.$ZodErrorMap>[0];

const EXPECTED: Record<string, string> = {
  string: "text_expected",
  number: "number_expected",
  int: "number_expected",
  boolean: "yes_no_expected",
  array: "list_expected",
  object: "object_expected",
};

/** A message key for what the schema itself says nothing about. */
function messageKey(issue: RawIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return issue.input === undefined ? "required" : (EXPECTED[issue.expected] ?? "wrong_type");
    case "too_small":
      return "too_small";
    case "too_big":
      return "too_big";
    case "invalid_format":
      return "format_unknown";
    case "invalid_value":
      return issue.input === undefined ? "required" : "unknown_choice";
    case "unrecognized_keys":
      return "unknown_field";
    default:
      return "invalid";
  }
}

/** What a database cannot keep and a screen cannot show: NUL, and halves of surrogate pairs. */
const UNREADABLE = /\0|\p{Cs}/u;

/** @returns the paths of all texts in it that are unreadable. Without recursion: depth is the caller's. */
function unreadablePaths(input: unknown): string[] {
  const found: string[] = [];
  const open: { value: unknown; path: string }[] = [{ value: input, path: "" }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, path } = next;
    if (typeof value === "string" && UNREADABLE.test(value)) found.push(path);
    if (typeof value !== "object" || value === null) continue;
    for (const [key, inner] of Object.entries(value)) open.push({ value: inner, path: path ? `${path}.${key}` : key });
  }
  return found;
}

/** Parses foreign input; each mistake is named by its path and a message key. @throws `invalid_request` */
export function parseInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const unreadable = unreadablePaths(input);
  const result = schema.safeParse(input, { error: messageKey });
  if (result.success && unreadable.length === 0) return result.data;
  const errors: NonNullable<ErrorDetails["errors"]> = unreadable.map((path) => ({ path, message: "text_unreadable" }));
  for (const issue of result.error?.issues ?? []) {
    const path = issue.path.map(String);
    const paths = issue.code === "unrecognized_keys" ? issue.keys.map((key) => [...path, key]) : [path];
    for (const parts of paths) {
      const named = parts.join(".");
      if (!unreadable.includes(named)) errors.push({ path: named, message: issue.message });
    }
  }
  throw new AppError("invalid_request", { errors });
}

/** What stands in the path names a thing: a name that no thing can have is not found. */
export function parseParams<Schema extends z.ZodType>(schema: Schema, params: unknown): z.output<Schema> {
  const result = schema.safeParse(params);
  if (!result.success) throw notFound();
  return result.data;
}

/** The query without `team`, which belongs to the context. A repeated name counts once, with its last value. */
export function queryOf(request: Request): Record<string, string> {
  const { team: _, ...query } = Object.fromEntries(new URL(request.url).searchParams);
  return query;
}

const isJson = (type: string) => type === "application/json" || type.endsWith("+json");

/** The JSON of a body, `{}` for none. @throws `invalid_request` for another type, broken JSON or more than `maxBytes` */
export async function readJson(request: Request, maxBytes = MAX_BODY_BYTES, takes = isJson): Promise<unknown> {
  const text = await readText(request, maxBytes);
  if (text === "") return {};
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase() ?? "";
  if (!takes(type)) throw invalid("", "body_type");
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw invalid("", "body_not_json");
  }
  if (typeof body !== "object" || body === null || Array.isArray(body)) throw invalid("", "body_not_object");
  return body;
}

/** The text of a body, `""` for none. @throws `invalid_request` for more than `maxBytes` */
export async function readText(request: Request, maxBytes = MAX_BODY_BYTES): Promise<string> {
  if (!request.body) return "";
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request.body) {
    bytes += chunk.byteLength;
    // Read no further: a length in the header is only what the caller says.
    if (bytes > maxBytes) throw invalid("", "body_too_large");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** The caller's own name for an ask, or null. @throws `invalid_request` */
export function idempotencyKeyOf(request: Request): string | null {
  const key = request.headers.get("idempotency-key");
  if (key === null) return null;
  if (!/^[\x20-\x7e]{1,200}$/.test(key)) throw invalid("Idempotency-Key", "idempotency_key_unknown");
  return key;
}
