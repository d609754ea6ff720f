import "server-only";

/**
 * What each kind of mail tells. `link` is a path of this application and becomes the mail's button; every other text
 * may be somebody's own words. Each kind has its sentences under `mail` in both catalogues.
 */
export type MailFacts = {
  reset_password: { name: string; link: string };
};

export type MailKind = keyof MailFacts;
