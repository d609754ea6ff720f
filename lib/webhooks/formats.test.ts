import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cutToBytes, fitLines } from "./fit-lines";
import { formatDingtalk } from "./format-dingtalk";
import { formatFeishu } from "./format-feishu";
import { formatSlack } from "./format-slack";
import { formatWecom } from "./format-wecom";
import { judgeAnswer } from "./judge-answer";
import type { HookMessage } from "./message";
import { pauseAfter } from "./next-try";
import { dingtalkSign, feishuSign, newSecret, standardHeaders } from "./sign";

const at = new Date("2026-11-27T10:00:00.500Z");
const bot = { url: "https://bot.example/send?access_token=t", secret: "", keyword: "", at };
const message = (over: Partial<HookMessage> = {}): HookMessage => ({
  title: "Luma: 1 notice",
  lines: ["Perfume: Popularity +40%\n1K → 1.4K"],
  more: (left) => `And ${left} more.`,
  action: "Open in Nichebook",
  link: "https://book.example/t/luma/alerts?a=1&b=2",
  ...over,
});
const nasty = message({
  title: "<!channel> & <b>",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: planted, to stay text
  lines: ["<@all> *bold* [x](https://evil.example)\n${7*7} {{7*7}}"],
});

/** Pieces as long and as wide as names can be. */
const lines = fc.array(fc.string({ unit: "grapheme", maxLength: 400 }), { maxLength: 80 });
const bytesOf = (body: object) => Buffer.byteLength(JSON.stringify(body));

describe("a signature", () => {
  test("is that of the Standard Webhooks specification's own example, once for each secret", () => {
    const example = {
      secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
      id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
      at: new Date(1614265330 * 1000),
      body: '{"test": 2432232314}',
    };
    expect(standardHeaders([example.secret], example)).toEqual({
      "webhook-id": example.id,
      "webhook-timestamp": "1614265330",
      "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    });
    const both = standardHeaders([example.secret, newSecret()], example)["webhook-signature"]?.split(" ");
    expect(both).toHaveLength(2);
    expect(new Set(both).size).toBe(2);
  });

  test("of a bot is what the code on each service's page makes of the same secret and moment", () => {
    expect(feishuSign("demo", "1599360473")).toBe("l1N0gAcBjdwBvGm1xMjOF0XSyaLRpR7tuO5dHfhAYc8=");
    expect(dingtalkSign("this is secret", "1577262236757")).toBe("hmPWwU+7lVdm3ZZz0r9tSfx0L4Q26jWOZr9+Gs6EZQM=");
  });
});

describe("a message for", () => {
  test("Slack is plain text in blocks; what is mrkdwn is escaped", () => {
    const { url, body } = formatSlack(nasty, bot);
    expect(url).toBe(bot.url);
    expect(body).toEqual({
      text: "&lt;!channel&gt; &amp; &lt;b&gt;",
      blocks: [
        { type: "header", text: { type: "plain_text", text: nasty.title, emoji: false } },
        { type: "section", text: { type: "plain_text", text: nasty.lines[0], emoji: false } },
        {
          type: "section",
          text: { type: "mrkdwn", text: "<https://book.example/t/luma/alerts?a=1&amp;b=2|Open in Nichebook>" },
        },
      ],
    });
  });

  test("Feishu is a post of text nodes, signed in the body, with the keyword", () => {
    const { body } = formatFeishu(message(), { ...bot, secret: "demo", keyword: "提醒" });
    expect(body).toEqual({
      timestamp: "1795773600",
      sign: feishuSign("demo", "1795773600"),
      msg_type: "post",
      content: {
        post: {
          zh_cn: {
            title: "Luma: 1 notice · 提醒",
            content: [
              [{ tag: "text", text: "Perfume: Popularity +40%\n1K → 1.4K" }],
              [{ tag: "a", text: "Open in Nichebook", href: "https://book.example/t/luma/alerts?a=1&b=2" }],
            ],
          },
        },
      },
    });
    expect(formatFeishu(message(), bot).body).not.toHaveProperty("sign");
  });

  test("DingTalk is text, signed in the address, with the keyword where nothing says it", () => {
    const { url, body } = formatDingtalk(message(), { ...bot, secret: "SECdemo", keyword: "Popularity" });
    const { searchParams } = new URL(url);
    expect(searchParams.get("access_token")).toBe("t");
    expect(searchParams.get("sign")).toBe(dingtalkSign("SECdemo", searchParams.get("timestamp") ?? ""));
    const { link } = message();
    const content = `Luma: 1 notice\n\nPerfume: Popularity +40%\n1K → 1.4K\n\n${link}`;
    expect(body).toEqual({ msgtype: "text", text: { content } });
    expect(formatDingtalk(message(), bot).url).toBe(bot.url);
  });

  test("each bot keeps to its length, whatever there is to tell, and tells what it left out", () => {
    fc.assert(
      fc.property(lines, fc.string({ unit: "grapheme", maxLength: 300 }), (all, title) => {
        const told = message({ lines: all, title });
        const slack = formatSlack(told, bot).body as { blocks: { text: { text: string } }[] };
        expect(slack.blocks.length).toBeLessThanOrEqual(50);
        for (const { text } of slack.blocks) expect(text.text.length).toBeLessThanOrEqual(9_000);
        expect(bytesOf(formatFeishu(told, bot).body)).toBeLessThan(40_000);
        const wecom = formatWecom(told, bot).body as { text: { content: string } };
        expect(Buffer.byteLength(wecom.text.content)).toBeLessThanOrEqual(2_048);
      }),
      { numRuns: 50 },
    );
    const many = message({ lines: Array.from({ length: 60 }, (_, nth) => `Category ${nth}: ${"很".repeat(40)}`) });
    const { content } = (formatWecom(many, bot).body as { text: { content: string } }).text;
    const shown = content.split("\n\n").filter((line) => line.startsWith("Category")).length;
    expect(content).toContain(`And ${60 - shown} more.`);
    expect(JSON.stringify(formatSlack(many, bot).body)).toContain("And 20 more.");
  });

  test("too much to tell never grows beyond its room, nor loses count", () => {
    fc.assert(
      fc.property(lines, fc.integer({ min: 60, max: 4_000 }), (all, most) => {
        const fitting = fitLines(all, most, (left) => `+${left}`);
        const size = fitting.reduce((sum, line) => sum + Buffer.byteLength(`${line}\n\n`), 0);
        expect(size).toBeLessThanOrEqual(most + 2);
        const left = all.length - fitting.length;
        if (left > 0) expect(fitting.at(-1)).toBe(`+${left + 1}`);
        expect(Buffer.byteLength(cutToBytes(all.join(""), most))).toBeLessThanOrEqual(most);
      }),
    );
  });
});

describe("an answer", () => {
  const answered = (status: number, body: unknown) => ({ status, body: JSON.stringify(body), retryAfter: null });

  test.each([
    ["json", answered(204, null), null],
    ["json", answered(301, null), "redirect"],
    ["json", answered(500, null), "status"],
    ["slack", { status: 200, body: "ok", retryAfter: null }, null],
    ["slack", { status: 404, body: "no_service", retryAfter: null }, "status"],
    ["feishu", answered(200, { code: 0, msg: "success" }), null],
    ["feishu", answered(200, { StatusCode: 0, StatusMessage: "success" }), null],
    ["feishu", answered(200, { code: 19021, msg: "sign match fail" }), "answer"],
    ["dingtalk", answered(200, { errcode: 0, errmsg: "ok" }), null],
    ["dingtalk", answered(200, { errcode: 310000, errmsg: "keywords not in content" }), "answer"],
    ["wecom", answered(200, { errcode: 45009, errmsg: "api freq out of limit" }), "answer"],
    ["wecom", { status: 200, body: "<html>", retryAfter: null }, "answer"],
    ["json", { status: null, problem: "timeout", cause: null }, "timeout"],
  ] as const)("%s %j is %s", (format, exchange, problem) => {
    expect(judgeAnswer(format, exchange)).toBe(problem);
  });

  test("that is no yes is asked for again ever more slowly, and not before the receiver said", () => {
    const middle = [1, 2, 3, 5, 9, 20].map((attempts) => pauseAfter(attempts, 0.5, null) / 1000);
    expect(middle).toEqual([10, 30, 90, 810, 14_400, 14_400]);
    expect(pauseAfter(1, 0, "60")).toBe(60_000);
    expect(pauseAfter(1, 0, "999999")).toBe(4 * 3_600_000);
    expect(pauseAfter(1, 0, "tomorrow")).toBe(7_500);
  });
});
