import "server-only";
import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import { sha256Hex } from "@/lib/platform/crypto";
import { ledgerPool } from "@/lib/platform/db";
import { AppError } from "@/lib/platform/errors";
import { placeOf } from "./caller-address";

const WINDOW_SECONDS = 15 * 60;

/**
 * Tries in a quarter of an hour. The count per account is per address too: whoever guesses from elsewhere does not
 * lock the owner out. A place may be an office where many people sign up on one day.
 */
const TRIES = {
  sign_in: { account: 10, address: 50 },
  sign_up: { account: 10, address: 200 },
  password: { account: 10, address: 50 },
  forgot_password: { account: 5, address: 50 },
  second_factor: { account: 10, address: 50 },
  /** An account is a team here: a whole one may be invited on a day, a mailbox must not be flooded. */
  invite: { account: 60, address: 200 },
  accept_invitation: { account: 20, address: 200 },
} as const;
/** Counted per account from wherever they come: many places fill one mailbox, and guess six digits, as well as one. */
const FROM_EVERYWHERE: ReadonlySet<Action> = new Set(["forgot_password", "second_factor"]);
type Action = keyof typeof TRIES;
type Limiters = Record<"account" | "address", RateLimiterPostgres>;

const limitersOfPool = new WeakMap<object, Record<Action, Limiters>>();

// The pool is made anew when the database moves; its limiters go with it.
function limiters(action: Action): Limiters {
  const pool = ledgerPool();
  const known = limitersOfPool.get(pool);
  if (known) return known[action];
  const limiter = (of: Action, by: keyof Limiters) =>
    new RateLimiterPostgres({
      storeClient: pool,
      storeType: "pool",
      tableName: "rate_limit",
      tableCreated: true,
      keyPrefix: `${of}.${by}`,
      points: TRIES[of][by],
      duration: WINDOW_SECONDS,
    });
  const pair = (of: Action) => ({ account: limiter(of, "account"), address: limiter(of, "address") });
  const actions = Object.keys(TRIES) as Action[];
  const made = Object.fromEntries(actions.map((of) => [of, pair(of)])) as Record<Action, Limiters>;
  limitersOfPool.set(pool, made);
  return made[action];
}

/** Whom a try is counted against. */
export type Tries = { action: Action; email: string; address: string | null };

// Hashed: the table of tries is no list of who uses this installation.
const keysOf = ({ action, email, address }: Tries) => {
  const place = placeOf(address);
  return {
    account: sha256Hex(JSON.stringify(FROM_EVERYWHERE.has(action) ? [email] : [email, place])),
    address: sha256Hex(JSON.stringify([place])),
  };
};

/**
 * Counts a try before any work is done for it, in every process alike.
 * @throws `too_many_requests` with the seconds to wait, at most a quarter of an hour.
 */
export async function countTry(tries: Tries): Promise<void> {
  const keys = keysOf(tries);
  const { account, address } = limiters(tries.action);
  try {
    await account.consume(keys.account);
    await address.consume(keys.address);
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    throw new AppError("too_many_requests", {
      reason: tries.action,
      retryAfterSeconds: Math.max(1, Math.ceil(refusal.msBeforeNext / 1000)),
    });
  }
}

/** Takes the try back: it was the right password. */
export async function forgiveTry(tries: Tries): Promise<void> {
  const keys = keysOf(tries);
  const { account, address } = limiters(tries.action);
  await Promise.all([account.delete(keys.account), address.reward(keys.address)]);
}
