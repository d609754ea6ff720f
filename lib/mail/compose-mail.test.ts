import fc from "fast-check";
import { expect, test } from "vitest";
import { LOCALES } from "@/lib/i18n/locale";
import { loadMessages, type Messages } from "@/lib/i18n/messages";
import { composeMail, ownWords } from "./compose-mail";
import type { MailFacts, MailKind } from "./kinds";

const NAME = "Mia Keller";
/** Every kind with facts such as it may carry; the compiler asks for a new one. */
const EXAMPLES: { [Kind in MailKind]: MailFacts[Kind] } = {
  invitation: { team: "Luma Trading", inviter: NAME, link: "/invite/abc" },
  reset_password: { name: NAME, link: "/reset-password/abc" },
  password_changed: { name: NAME, link: "/forgot-password" },
  confirm_email: { name: NAME, link: "/confirm-email/abc" },
  email_change_asked: { name: NAME, email: "mia@example.com", link: "/forgot-password" },
  email_changed: { name: NAME, email: "mia@example.com" },
  second_factor_on: { name: NAME },
  second_factor_off: { name: NAME },
  review: {
    team: "Luma Trading",
    review: {
      ...{ from: "2026-11-21", to: "2026-11-27", window: "7", metric: "posts", held: 1 },
      counts: { up: 1, down: 0, new: 1, gone: 0 },
      moves: [
        {
          ...{ categoryId: "501", categoryName: "Perfume", region: "US", kind: "up", change: 40 },
          before: { value: 1000 },
          after: { value: 1400 },
        },
        { categoryId: "502", categoryName: null, region: "TW", kind: "new", before: null, after: null, change: null },
      ],
      ...{ spentCredits: 40, heldCredits: 2, comment: "Well done.\nGo on.", commentedBy: NAME },
    },
    timeZone: "Asia/Shanghai",
    link: "/t/luma/alerts/review/2026-11-23",
  },
  alerts: {
    team: "Luma Trading",
    count: 4,
    notices: [
      {
        kind: "limit_reached_percent",
        facts: {
          upstream: "live",
          scope: "member",
          memberId: "0199b0a0-0000-7000-8000-000000000000",
          percent: 100,
          limitCredits: 100,
          usedCredits: 99,
          leftCredits: 1,
          periodStart: "2026-11-01",
          resetsAt: "2026-12-01T00:00:00Z",
        },
        name: NAME,
        at: "2026-11-27T10:00:00.000Z",
      },
      {
        kind: "provider_changed",
        facts: { upstream: "live", region: "US", window: "7", kind: "unit", metric: "cost", factor: 100, more: 1 },
        name: null,
        at: "2026-11-27T10:00:00.000Z",
      },
      {
        kind: "webhook_off",
        facts: { webhookId: "0199b0a0-0000-7000-8000-000000000000", webhookName: "Chat", reason: "failing" },
        name: null,
        at: "2026-11-27T10:00:00.000Z",
      },
    ],
    alerts: [
      {
        condition: "rises_by",
        metric: "posts",
        value: 25,
        categoryId: "501",
        categoryName: "Perfume",
        region: "US",
        window: "7",
        oldValue: 1000,
        newValue: 1400,
        oldAt: "2026-11-20T10:00:00.000Z",
        newAt: "2026-11-27T10:00:00.000Z",
        ruleName: "Launch items",
      },
      {
        condition: "leaves_top",
        metric: null,
        value: 10,
        categoryId: "502",
        categoryName: null,
        region: "all_regions",
        window: "2026-10",
        oldValue: 9,
        newValue: null,
        oldAt: "2026-11-20T10:00:00.000Z",
        newAt: "2026-11-27T10:00:00.000Z",
      },
    ],
    timeZone: "Asia/Shanghai",
    link: "/t/luma/alerts",
  },
};
const kinds = Object.keys(EXAMPLES) as MailKind[];

test.each(kinds)("%s says the same in both languages, as text and as HTML", (kind) => {
  for (const locale of LOCALES) {
    const mail = composeMail(kind, locale, EXAMPLES[kind]);
    const words = (loadMessages(locale).mail as Messages)[kind] as Messages;
    expect(mail.subject).not.toBe("");
    expect(mail.html).toContain(`<html lang="${locale}">`);
    for (const paragraph of [...String(words.text).split("\n"), ...(words.after ? [String(words.after)] : [])]) {
      const first = paragraph.split("{")[0] ?? "";
      expect(mail.text).toContain(first);
    }
    const { link } = EXAMPLES[kind] as { link?: string };
    if (link) {
      expect(mail.text).toContain(`http://localhost:3000${link}\n`);
      expect(mail.html).toContain(`href="http://localhost:3000${link}"`);
    }
  }
});

test("somebody's own words break out of nothing: no new line, no tag, no link, no turned sentence", () => {
  const nasty = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom(
      "Mia\r\nBcc: all@example.com",
      '<img src=x onerror="alert(1)">',
      "\u202Eevil\u202C",
      "https://evil.example/now",
      "👩‍👩‍👧 团队 مرحبا",
      "x".repeat(10_000),
      "{name} '{' #",
    ),
  );
  fc.assert(
    fc.property(nasty, fc.constantFrom(...LOCALES), fc.constantFrom(...kinds), (words, locale, kind) => {
      const facts = Object.fromEntries(
        Object.entries(EXAMPLES[kind]).map(([key, value]) => [key, value === NAME ? words : value]),
      );
      const mail = composeMail(kind, locale, facts as never);
      expect(mail.subject).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      expect(mail.text).not.toMatch(/[\r\u202A-\u202E\u2066\u2067]/u);
      expect(mail.text).not.toContain("evil.example");
      expect(mail.text.length).toBeLessThan(3_000);
      expect(mail.html).not.toMatch(/<img|onerror="/);
      expect(mail.html.match(/<p/g)).toHaveLength(
        composeMail(kind, locale, EXAMPLES[kind]).html.match(/<p/g)?.length ?? 0,
      );
    }),
  );
});

test("a name keeps its letters, in whatever script", () => {
  expect(ownWords(" 陈伟 · مها ")).toBe("\u2068陈伟 · مها\u2069");
  expect(ownWords("Luma.io")).toBe("\u2068Luma.\u2060io\u2069");
});

test("a mail of alerts says each with both figures, their days, and where", () => {
  expect(composeMail("alerts", "en", EXAMPLES.alerts).text).toContain(
    "\u2068Perfume\u2069: Popularity (ads) +40.0%\n1K on 20 Nov → 1.4K on 27 Nov · United States · 7 days · rule “\u2068Launch items\u2069”",
  );
  const chinese = composeMail("alerts", "zh-CN", EXAMPLES.alerts);
  expect(chinese.subject).toMatch(/4 条提醒/);
  expect(chinese.text).toContain("跌出前 10 名\n11月20日 第 9 位 → 11月27日 不在已获取的页中 · 全部地区 · 2026年10月");
});
