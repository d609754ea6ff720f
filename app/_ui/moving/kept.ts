import { parseVisits, type Visit, withVisit } from "./recent";

/** Told to the window by the buttons that look something up. */
export const ASKED = "nichebook:find";

const VISITS = "nichebook.recent.";
const KEYS = "nichebook.single-keys";

const keyOf = (accountId: string, slug: string) => `${VISITS}${accountId}.${slug}`;

/** What a browser that keeps nothing answers: no kept value, and no failure. */
function kept<Value>(read: (storage: Storage) => Value): Value | null {
  try {
    return read(window.localStorage);
  } catch {
    return null;
  }
}

export const visitsOf = (accountId: string, slug: string): Visit[] =>
  parseVisits(
    kept((storage) => storage.getItem(keyOf(accountId, slug))),
    slug,
  );

export function keepVisit(accountId: string, slug: string, visit: Visit): void {
  const visits = withVisit(visitsOf(accountId, slug), visit);
  kept((storage) => storage.setItem(keyOf(accountId, slug), JSON.stringify(visits)));
}

/** Names of private lists are nobody else's who signs in on this browser. */
export function forgetVisits(): void {
  kept((storage) => {
    for (const key of Object.keys(storage)) if (key.startsWith(VISITS)) storage.removeItem(key);
  });
}

/** Whether keys without a modifier do something; people who speak to their computer can switch them off. */
export const singleKeys = () => kept((storage) => storage.getItem(KEYS)) !== "off";

export const keepSingleKeys = (on: boolean) => kept((storage) => storage.setItem(KEYS, on ? "on" : "off"));
