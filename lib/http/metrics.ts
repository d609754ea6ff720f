import "server-only";
import { createHash, timingSafeEqual } from "node:crypto";
import { isOnThisMachine } from "@/lib/auth/caller-address";
import { env } from "@/lib/platform/env";
import { log } from "@/lib/platform/log";
import { type Family, processFamilies, toPrometheus } from "@/lib/platform/metrics";

const started = Math.floor(Date.now() / 1000 - process.uptime());

/**
 * The metrics of this process, and what `readers` find in the database for all of them. With METRICS_TOKEN for whoever
 * has it; without one for programs on this machine only, and not through a proxy.
 */
export async function answerMetrics(request: Request, readers: (() => Promise<Family[]>)[]): Promise<Response> {
  const refusal = refusalOf(request.headers);
  if (refusal) return text(refusal.status, `${refusal.why}\n`);
  const read = await Promise.allSettled(readers.map((reader) => reader()));
  for (const one of read) if (one.status === "rejected") log().warn({ err: one.reason }, "metrics could not be read");
  const families = read.flatMap((one) => (one.status === "fulfilled" ? one.value : []));
  // What this process knows is told also while its database is away.
  const up = read.every(({ status }) => status === "fulfilled");
  return text(200, toPrometheus([...aboutProcess(up), ...processFamilies(), ...families]));
}

function refusalOf(headers: Headers): { status: number; why: string } | null {
  const token = env().METRICS_TOKEN;
  if (token) {
    const [, given = ""] = /^Bearer +(\S+)$/i.exec(headers.get("authorization")?.trim() ?? "") ?? [];
    return isSame(given, token) ? null : { status: 401, why: "Send METRICS_TOKEN as a bearer token." };
  }
  return isOnThisMachine(headers) ? null : { status: 403, why: "Set METRICS_TOKEN to read metrics from elsewhere." };
}

const digest = (value: string) => createHash("sha256").update(value).digest();
const isSame = (given: string, token: string) => timingSafeEqual(digest(given), digest(token));

const text = (status: number, body: string) =>
  new Response(body, {
    status,
    headers: {
      "content-type": "text/plain; version=0.0.4; charset=utf-8",
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      ...(status === 401 ? { "www-authenticate": "Bearer" } : {}),
    },
  });

function aboutProcess(up: boolean): Family[] {
  const gauge = (name: string, help: string, value: number): Family => ({
    name,
    help,
    type: "gauge",
    samples: [{ labels: {}, value }],
  });
  return [
    gauge("nichebook_database_up", "1 while the database answers this process.", up ? 1 : 0),
    gauge("process_start_time_seconds", "When this process started, in seconds since 1970.", started),
    gauge("process_resident_memory_bytes", "Memory that this process holds.", process.memoryUsage.rss()),
  ];
}
