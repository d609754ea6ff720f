import "server-only";
import type { Locale } from "@/lib/i18n/locale";
import { translator } from "@/lib/i18n/translate";
import { appUrl } from "@/lib/platform/env";
import { type AlertLine, alertLines } from "./alert-lines";
import type { MailFacts, MailKind } from "./kinds";
import { type NoticeTold, noticeLine } from "./notice-lines";
import { type ReviewTold, reviewLines } from "./review-lines";

type Told = { alerts?: AlertLine[]; notices?: NoticeTold[]; review?: ReviewTold };
type Facts = { link?: string; timeZone?: string } & Told & Record<string, string | number>;
export type ComposedMail = { subject: string; text: string; html: string; link: string | null };

const LONGEST_WORDS = 80;
/** Cc, Cf (invisible, among them those that turn the direction of what follows), Zl and Zp: no part of a sentence. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu;

/**
 * Somebody's own words within a sentence of ours: on one line, of bearable length, kept from turning the sentence
 * around them (Unicode isolates), and no address that a mail program would turn into a link.
 */
export function ownWords(text: string, longest = LONGEST_WORDS): string {
  const plain = text.replace(UNSEEN, " ").replace(/\s+/g, " ").trim();
  const letters = [...new Intl.Segmenter("en").segment(plain)].map(({ segment }) => segment);
  const short = letters.length > longest ? `${letters.slice(0, longest - 1).join("")}…` : plain;
  return `\u2068${short.replace(/([.:/@])(?=\S)/g, "$1\u2060")}\u2069`;
}

const ESCAPES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign);

/** A mail in its reader's language, as text and as HTML that says the same. */
export function composeMail<Kind extends MailKind>(kind: Kind, locale: Locale, facts: MailFacts[Kind]): ComposedMail {
  const t = translator(locale);
  const { link: path, alerts = [], notices = [], review, timeZone = "UTC", ...told } = facts as Facts;
  const link = path ? appUrl() + path : null;
  const values = Object.fromEntries(
    Object.entries(told).map(([name, value]) => [name, typeof value === "string" ? ownWords(value) : value]),
  );
  const say = (part: string) => (t.has(`mail.${kind}.${part}`) ? t(`mail.${kind}.${part}`, values) : null);
  const lines = [
    ...notices.map((notice) => noticeLine(t, locale, notice, timeZone, ownWords)),
    ...alertLines(t, locale, { alerts, timeZone }, ownWords),
    ...(review ? reviewLines(t, locale, review, ownWords) : []),
  ];
  const before = [...(say("text") ?? "").split("\n"), ...lines];
  const after = say("after");
  const footer = t("mail.footer", { address: appUrl() });
  const text = [...before, ...(link ? [link] : []), ...(after ? [after] : []), `-- \n${footer}`].join("\n\n");
  const paragraph = (words: string, style = "margin:0 0 14px") =>
    `<p style="${style}">${escapeHtml(words).replaceAll("\n", "<br>")}</p>`;
  const small = "margin:14px 0 0;font-size:13px;color:#6c685f";
  const button = link
    ? `<p style="margin:20px 0"><a href="${escapeHtml(link)}" style="display:inline-block;padding:10px 16px;border-radius:6px;background:#1f5f5b;color:#ffffff;text-decoration:none;font-weight:600">${escapeHtml(say("action") ?? link)}</a></p>
${paragraph(link, `${small};word-break:break-all`)}`
    : "";
  // A subject is one line of plain letters; nothing in it is ever made a link.
  const subject = (say("subject") ?? "").replace(UNSEEN, "");
  return {
    subject,
    text,
    link,
    html: `<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(subject)}</title></head>
<body style="margin:0;padding:24px;background:#fafaf9;color:#1b1a17;font:15px/1.6 system-ui,-apple-system,'PingFang SC','Microsoft YaHei',sans-serif">
<div style="max-width:34rem;margin:0 auto;padding:24px;background:#ffffff;border:1px solid #e4e3df;border-radius:8px">
<p style="margin:0 0 18px;font-weight:700;color:#1f5f5b">${escapeHtml(t("app.name"))}</p>
${before.map((words) => paragraph(words)).join("\n")}
${button}
${after ? paragraph(after, small) : ""}
</div>
<p style="max-width:34rem;margin:14px auto 0;font-size:13px;color:#6c685f">${escapeHtml(footer)}</p>
</body></html>
`,
  };
}
