import { type Fault, faultOfKey } from "./faults";
import { openJournal } from "./journal";

const PRICE_CREDITS = 2;
const DEFAULT_CREDITS = 1_000_000;
const DEFAULT_REQUESTS_PER_SECOND = 50;
const KEPT_ENTRIES = 1000;

/** What a key may do from the start, as its own text says. */
export interface KeyTerms {
  credits: number;
  requestsPerSecond: number;
  fault: Fault | null;
}

/**
 * Reads a key: `sandbox…` is accepted; `-credits-<n>` and `-qps-<n>` in it set its terms, `sandbox-fault-<name>` makes
 * each of its answers fail. @returns null for a key that the sandbox rejects.
 */
export function readKey(key: string): KeyTerms | null {
  if (!key.startsWith("sandbox")) return null;
  const fault = faultOfKey(key);
  if (fault === "unknown") return null;
  const number = (name: string) => new RegExp(`-${name}-(\\d{1,9})(?=-|$)`).exec(key)?.[1];
  return {
    credits: Number(number("credits") ?? DEFAULT_CREDITS),
    requestsPerSecond: Number(number("qps") ?? DEFAULT_REQUESTS_PER_SECOND),
    fault,
  };
}

/** One request as it was counted. A key that is none of ours may be a real one: it is never written down. */
export interface Entry {
  at: string;
  key: string | null;
  /** Path with its query. */
  path: string;
  /** Null where no byte of an answer left. */
  status: number | null;
  fault: string | null;
  charged: boolean;
}

export interface KeyChange {
  /** The balance from now on. */
  credits?: number;
  requestsPerSecond?: number;
}

interface Account {
  requests: number;
  charged: number;
  balance: number;
  /** The balance that a reset returns to. */
  granted: number;
  requestsPerSecond: number;
  /** When (ms) the requests of the last second came in. */
  recent: number[];
}

type Line = Entry | { at: string; control: "reset" } | ({ at: string; control: "key"; key: string } & KeyChange);

export type Accounts = ReturnType<typeof createAccounts>;

/**
 * Credits, rates and counts of all keys. With a log file every line is on disk before the call returns, and the counts
 * of earlier lines are taken up again. `monotonicMs` is the clock of the rates.
 * @throws when the log file cannot be read or written.
 */
export function createAccounts(logFile?: string, monotonicMs: () => number = () => performance.now()) {
  const accounts = new Map<string, Account>();
  let [requests, charged] = [0, 0];
  let log: Entry[] = [];
  const journal = openJournal(logFile, (line) => apply(line as Line));

  function accountOf(key: string): Account | null {
    const known = accounts.get(key);
    if (known) return known;
    const terms = readKey(key);
    if (!terms) return null;
    const { credits, requestsPerSecond } = terms;
    const opened = { requests: 0, charged: 0, balance: credits, granted: credits, requestsPerSecond, recent: [] };
    accounts.set(key, opened);
    return opened;
  }

  function apply(line: Line): void {
    if ("control" in line) {
      if (line.control === "reset") forget();
      else applyChange(line.key, line);
      return;
    }
    requests += 1;
    log.push(line);
    // Trimmed now and then: a shift for each request would move the whole list.
    if (log.length >= 2 * KEPT_ENTRIES) log = log.slice(-KEPT_ENTRIES);
    if (line.charged) charged += 1;
    const account = line.key === null ? null : accountOf(line.key);
    if (!account) return;
    account.requests += 1;
    if (!line.charged) return;
    account.charged += 1;
    account.balance -= PRICE_CREDITS;
  }

  function forget(): void {
    [requests, charged, log] = [0, 0, []];
    for (const account of accounts.values()) {
      account.requests = 0;
      account.charged = 0;
      account.balance = account.granted;
    }
  }

  function applyChange(key: string, { credits, requestsPerSecond }: KeyChange): void {
    const account = accountOf(key);
    if (!account) return;
    if (credits !== undefined) {
      account.balance = credits;
      account.granted = credits;
    }
    if (requestsPerSecond !== undefined) account.requestsPerSecond = requestsPerSecond;
  }

  function append(line: Line): void {
    journal.append(line);
    apply(line);
  }

  function report(key: string, account: Account) {
    const { requests, charged, balance } = account;
    return [key, { requests, charged, credits: charged * PRICE_CREDITS, balance }] as const;
  }

  return {
    /**
     * Lets a request in, or says which limit of its key stops it. A stopped request uses no rate.
     * @throws RangeError for a key that the sandbox rejects.
     */
    admit(key: string): "admitted" | "too fast" | "out of credits" {
      const account = accountOf(key);
      if (!account) throw new RangeError("not a key of the sandbox");
      const now = monotonicMs();
      account.recent = account.recent.filter((at) => now - at < 1000);
      if (account.recent.length >= account.requestsPerSecond) return "too fast";
      if (account.balance < PRICE_CREDITS) return "out of credits";
      account.recent.push(now);
      return "admitted";
    },
    /** Counts a request, and charges for it; to be called before the first byte of the answer leaves. */
    record(entry: Omit<Entry, "at">): void {
      const key = entry.key === null || readKey(entry.key) ? entry.key : "(rejected)";
      append({ at: new Date().toISOString(), ...entry, key });
    },
    /** Sets what a key has from now on; also of a key that never called. */
    changeKey(key: string, change: KeyChange): void {
      append({ at: new Date().toISOString(), control: "key", key, ...change });
    },
    /** Counts from 0 again; each key has its first credits back. */
    reset(): void {
      append({ at: new Date().toISOString(), control: "reset" });
    },
    /** All counts, and the newest entries, oldest first. */
    charges() {
      return {
        requests,
        charged,
        credits: charged * PRICE_CREDITS,
        byKey: Object.fromEntries([...accounts].map(([key, account]) => report(key, account))),
        log: log.slice(-KEPT_ENTRIES),
      };
    },
    close(): void {
      journal.close();
    },
  };
}
