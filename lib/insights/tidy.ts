import "server-only";

/** A difference as people reckon it: 5.72 − 5.71 is 0.01, and not 0.009999999999999787. */
export const tidy = (difference: number) => Number(difference.toPrecision(12));
