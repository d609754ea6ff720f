import "server-only";
import type { AlertLine } from "./alert-lines";
import type { NoticeTold } from "./notice-lines";
import type { ReviewTold } from "./review-lines";

/**
 * What each kind of mail tells. `link` is a path of this application and becomes the mail's button; every other text
 * may be somebody's own words. Each kind has its sentences under `mail` in both catalogues.
 */
export type MailFacts = {
  invitation: { team: string; inviter: string; link: string };
  reset_password: { name: string; link: string };
  password_changed: { name: string; link: string };
  confirm_email: { name: string; link: string };
  /** To the present address, before anything has changed; `email` is the one asked for. */
  email_change_asked: { name: string; email: string; link: string };
  /** To the address before; `email` is the new one. */
  email_changed: { name: string; email: string };
  second_factor_on: { name: string };
  second_factor_off: { name: string };
  /** What a team's week was; the comment is somebody's own words. */
  review: { team: string; review: ReviewTold; timeZone: string; link: string };
  /** Alerts and notices about limits, one or several, by the wish of the member. */
  alerts: {
    team: string;
    count: number;
    alerts: AlertLine[];
    notices: NoticeTold[];
    timeZone: string;
    link: string;
  };
};

export type MailKind = keyof MailFacts;
