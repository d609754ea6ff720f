import type { IncomingMessage } from "node:http";
import { type Accounts, type KeyChange, readKey } from "./accounts";
import { type createFaultRules, FAULT_NAMES, type FaultRule, isFaultName } from "./faults";
import { MARKETS } from "./markets";
import { CATEGORIES } from "./taxonomy";

/** Everything below this path steers the sandbox and is no part of what it emulates. */
export const CONTROL_PREFIX = "/__sandbox/";

const MAX_BODY_BYTES = 64 * 1024;

export interface ControlAnswer {
  status: number;
  content: unknown;
}

export interface Controlled {
  seed: string;
  accounts: Accounts;
  rules: ReturnType<typeof createFaultRules>;
}

/** Answers a control request; what it cannot read is a 400 that says what was expected, and changes nothing. */
export async function control(
  request: IncomingMessage,
  pathname: string,
  { seed, accounts, rules }: Controlled,
): Promise<ControlAnswer> {
  const call = `${request.method} ${pathname.slice(CONTROL_PREFIX.length)}`;
  if (call === "GET health") {
    return ok({ ok: true, seed, categories: CATEGORIES.length, regions: MARKETS.length + 1 });
  }
  if (call === "GET charges") return ok(accounts.charges());
  if (call === "DELETE charges") {
    accounts.reset();
    return ok({ ok: true });
  }
  if (call === "GET faults") return ok({ faults: rules.list(), names: FAULT_NAMES });
  if (call === "DELETE faults") {
    rules.clear();
    return ok({ ok: true });
  }
  if (call === "POST faults") {
    const rule = readRule(await readBody(request));
    if (typeof rule === "string") return refuse(rule);
    rules.add(rule);
    return ok({ faults: rules.list() });
  }
  if (call.startsWith("PUT keys/")) {
    const key = decode(call.slice("PUT keys/".length));
    if (key === null || !readKey(key)) return refuse("not a key of the sandbox");
    const change = readKeyChange(await readBody(request));
    if (typeof change === "string") return refuse(change);
    accounts.changeKey(key, change);
    return ok(accounts.charges().byKey[key]);
  }
  return { status: 404, content: { error: "no such control address" } };
}

function ok(content: unknown): ControlAnswer {
  return { status: 200, content };
}

function refuse(error: string): ControlAnswer {
  return { status: 400, content: { error } };
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** @returns the JSON object of the body, or null for anything else. */
async function readBody(request: IncomingMessage): Promise<Record<string, unknown> | null> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request) {
    bytes += part.length;
    if (bytes <= MAX_BODY_BYTES) parts.push(part);
  }
  if (bytes > MAX_BODY_BYTES) return null;
  try {
    const value: unknown = JSON.parse(Buffer.concat(parts).toString("utf8"));
    return value !== null && typeof value === "object" && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}

function isCount(value: unknown, least: number): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= least;
}

function readRule(body: Record<string, unknown> | null): FaultRule | string {
  if (!body) return "expected a JSON object";
  const { key = null, fault: name, times = 1, ms } = body;
  if (!isFaultName(name)) return `expected fault to be one of ${FAULT_NAMES.join(", ")}`;
  if (key !== null && typeof key !== "string") return "expected key to be a text";
  if (!isCount(times, 1)) return "expected times to be a whole number from 1";
  if (ms !== undefined && !isCount(ms, 0)) return "expected ms to be a whole number from 0";
  return { key, name, times, ms };
}

function readKeyChange(body: Record<string, unknown> | null): KeyChange | string {
  if (!body) return "expected a JSON object";
  const { credits, requestsPerSecond } = body;
  if (credits !== undefined && !isCount(credits, 0)) return "expected credits to be a whole number from 0";
  if (requestsPerSecond !== undefined && !isCount(requestsPerSecond, 1)) {
    return "expected requestsPerSecond to be a whole number from 1";
  }
  return { credits, requestsPerSecond };
}
