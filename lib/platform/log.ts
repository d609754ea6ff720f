import "server-only";
import pino from "pino";
import { env } from "./env";

/** What helps to find a mistake, and no more: drivers hang whole connections on their errors. */
function toFacts(error: unknown) {
  if (!(error instanceof Error)) return { message: String(error) };
  const code = "code" in error ? error.code : undefined;
  return { type: error.name, message: error.message, ...(code === undefined ? {} : { code }), stack: error.stack };
}

const holder = globalThis as typeof globalThis & { __nichebookLog?: pino.Logger };

/** Structured log on standard output, one JSON line an event. Never pass a key, token or password. */
export function log(): pino.Logger {
  holder.__nichebookLog ??= pino({
    level: env().LOG_LEVEL,
    base: undefined,
    serializers: { err: toFacts },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: ["*.password", "*.token", "*.apiKey", "*.authorization", "password", "token", "apiKey", "authorization"],
  });
  return holder.__nichebookLog;
}
