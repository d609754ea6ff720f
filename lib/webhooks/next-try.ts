import "server-only";

const FIRST_PAUSE_MS = 10_000;
const LONGEST_PAUSE_MS = 4 * 3_600_000;

/**
 * Milliseconds until the next try: three times longer each time, up to four hours, a part of it by chance; later where
 * the receiver asks for it (`Retry-After`, in seconds).
 */
export function pauseAfter(attempts: number, random: number, retryAfter: string | null): number {
  const most = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 3 ** (attempts - 1));
  const asked = retryAfter !== null && /^\d{1,6}$/.test(retryAfter) ? Number(retryAfter) * 1000 : 0;
  return Math.max(Math.round(most * (0.75 + random / 2)), Math.min(asked, LONGEST_PAUSE_MS));
}
