import "server-only";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { AppError } from "@/lib/platform/errors";

/** Far above what people and well-meant scripts do; it stops a loop that ran wild, in each process by itself. */
const REQUESTS_PER_MINUTE = 6_000;

const holder = globalThis as typeof globalThis & { __nichebookRequestRate?: RateLimiterMemory };

/** @param caller a token's, account's or address's name. @throws `too_many_requests` */
export async function countRequest(caller: string): Promise<void> {
  holder.__nichebookRequestRate ??= new RateLimiterMemory({ points: REQUESTS_PER_MINUTE, duration: 60 });
  try {
    await holder.__nichebookRequestRate.consume(caller);
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    throw new AppError("too_many_requests", {
      retryAfterSeconds: Math.max(1, Math.ceil(refusal.msBeforeNext / 1000)),
    });
  }
}
