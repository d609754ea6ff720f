import "server-only";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { AppError } from "@/lib/platform/errors";

/** Far above what people and well-meant scripts do; it stops a loop that ran wild, in each process by itself. */
const REQUESTS_PER_MINUTE = 6_000;

/** For all who call from one place together, an office perhaps, whoever they are and whether they are let in. */
const REQUESTS_PER_MINUTE_OF_A_PLACE = 30_000;

type Limiters = { caller: RateLimiterMemory; place: RateLimiterMemory };
const holder = globalThis as typeof globalThis & { __nichebookRequestRates?: Limiters };

const limiters = (): Limiters => {
  holder.__nichebookRequestRates ??= {
    caller: new RateLimiterMemory({ points: REQUESTS_PER_MINUTE, duration: 60 }),
    place: new RateLimiterMemory({ points: REQUESTS_PER_MINUTE_OF_A_PLACE, duration: 60 }),
  };
  return holder.__nichebookRequestRates;
};

/** @param name a token's, account's or place's name. @throws `too_many_requests` */
export async function countRequest(name: string, by: keyof Limiters = "caller"): Promise<void> {
  try {
    await limiters()[by].consume(name);
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    throw new AppError("too_many_requests", {
      retryAfterSeconds: Math.max(1, Math.ceil(refusal.msBeforeNext / 1000)),
    });
  }
}
