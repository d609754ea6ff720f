import "server-only";
import { z } from "zod";

export const firstStepsChoiceSchema = z.strictObject({ hidden: z.boolean({ error: "yes_no_expected" }) });
export type FirstStepsChoice = z.output<typeof firstStepsChoiceSchema>;

/** What a new team has done so far, for one of its members. */
export type FirstSteps = {
  connected: boolean;
  fetched: boolean;
  saved: boolean;
  /** Categories in regions on lists, counted up to `WATCHED_ENOUGH`. */
  watched: number;
  /** Somebody else is here, or an invitation waits for them. */
  invited: boolean;
  hidden: boolean;
};

export const WATCHED_ENOUGH = 3;

export const isThrough = ({ connected, fetched, saved, watched, invited }: FirstSteps) =>
  connected && fetched && saved && watched >= WATCHED_ENOUGH && invited;
