import "server-only";

/**
 * Days from one renewal to the next, so that the credits left last until the period ends: as often as daily. At least
 * one renewal's credits are left for the last days, or none comes before the period ends.
 */
export function budgetDays(facts: { priceCredits: number; leftCredits: number | null; daysLeft: number }): number {
  const { priceCredits, leftCredits } = facts;
  const daysLeft = Math.max(1, facts.daysLeft);
  if (leftCredits === null || priceCredits === 0) return 1;
  const renewals = Math.floor(leftCredits / priceCredits);
  return renewals === 0 ? daysLeft : Math.max(1, Math.ceil(daysLeft / renewals));
}
