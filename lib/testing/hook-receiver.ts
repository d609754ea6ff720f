import { createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";

export type ReceivedHook = { path: string; headers: IncomingHttpHeaders; body: string; json: Record<string, unknown> };
type Answer = { status: number; body?: unknown; headers?: Record<string, string> };

export type HookReceiver = {
  url: string;
  received: ReceivedHook[];
  /** What is answered from now on; a promise keeps the sender waiting. */
  answer(next: (hook: ReceivedHook) => Answer | Promise<Answer>): void;
  stop(): Promise<void>;
};

/** A real HTTP server that keeps what it takes. */
export async function startHookReceiver(port = 0): Promise<HookReceiver> {
  const received: ReceivedHook[] = [];
  let next: (hook: ReceivedHook) => Answer | Promise<Answer> = () => ({ status: 204 });
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString("utf8");
    const hook = { path: request.url ?? "", headers: request.headers, body, json: readJson(body) };
    received.push(hook);
    const { status, body: said, headers } = await next(hook);
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(said === undefined ? undefined : typeof said === "string" ? said : JSON.stringify(said));
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    answer(then) {
      next = then;
    },
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

function readJson(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

const hmac = (key: string | Buffer, text: string) => createHmac("sha256", key).update(text).digest("base64");
const isNear = (ms: number) => Math.abs(Date.now() - ms) < 3_600_000;

/** As a library of Standard Webhooks checks a message: signed with this secret, within five minutes. */
export function isSigned({ headers, body }: ReceivedHook, secret: string): boolean {
  const [id, timestamp, signatures] = ["webhook-id", "webhook-timestamp", "webhook-signature"].map((name) =>
    String(headers[name] ?? ""),
  );
  if (Math.abs(Date.now() / 1000 - Number(timestamp)) > 300) return false;
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  return (signatures ?? "").split(" ").includes(`v1,${hmac(key, `${id}.${timestamp}.${body}`)}`);
}

/** Slack: the words, and blocks of the documented types. */
export function asSlack({ json }: ReceivedHook): Answer {
  const blocks = json.blocks as { type: string; text: { type: string; text: string } }[];
  const known =
    typeof json.text === "string" &&
    blocks.every(
      ({ type, text }) =>
        ["header", "section"].includes(type) &&
        ["plain_text", "mrkdwn"].includes(text.type) &&
        text.text.length <= 3000,
    );
  return known ? { status: 200, body: "ok" } : { status: 400, body: "invalid_payload" };
}

/** Feishu: 200 whatever happens, with a code; the signature is checked against the body's own moment. */
export const asFeishu =
  (secret: string, keyword: string) =>
  ({ json, body }: ReceivedHook): Answer => {
    const { timestamp, sign } = json as { timestamp: string; sign: string };
    if (!isNear(Number(timestamp) * 1000) || sign !== hmac(`${timestamp}\n${secret}`, "")) {
      return { status: 200, body: { code: 19021, msg: "sign match fail or timestamp is not within one hour" } };
    }
    if (!body.includes(keyword)) return { status: 200, body: { code: 19024, msg: "Key Words Not Found" } };
    const post = json.content as { post?: { zh_cn?: { title?: string; content?: { tag: string }[][] } } };
    const known =
      json.msg_type === "post" &&
      post.post?.zh_cn?.content?.every((line) => line.every(({ tag }) => tag === "text" || tag === "a"));
    return known
      ? { status: 200, body: { code: 0, msg: "success", data: {}, StatusCode: 0, StatusMessage: "success" } }
      : { status: 200, body: { code: 9499, msg: "Bad Request" } };
  };

/** DingTalk: 200 whatever happens, with an errcode; the signature stands in the address. */
export const asDingtalk =
  (secret: string, keyword: string) =>
  ({ path, json }: ReceivedHook): Answer => {
    const { searchParams } = new URL(path, "http://localhost");
    const [timestamp, sign] = [searchParams.get("timestamp") ?? "", searchParams.get("sign")];
    const refused = (errmsg: string) => ({ status: 200, body: { errcode: 310000, errmsg } });
    if (!isNear(Number(timestamp)) || sign !== hmac(secret, `${timestamp}\n${secret}`))
      return refused("sign not match");
    const { content } = (json.text ?? {}) as { content?: string };
    if (json.msgtype !== "text" || !content) return { status: 200, body: { errcode: 40035, errmsg: "bad message" } };
    if (!content.includes(keyword)) return refused("keywords not in content");
    return { status: 200, body: { errcode: 0, errmsg: "ok" } };
  };

/** WeCom: 200 whatever happens, with an errcode; its text has 2,048 bytes. */
export function asWecom({ path, json }: ReceivedHook): Answer {
  const key = new URL(path, "http://localhost").searchParams.get("key");
  if (key !== "robot") return { status: 200, body: { errcode: 93000, errmsg: "invalid webhook url" } };
  const { content } = (json.text ?? {}) as { content?: string };
  if (json.msgtype !== "text" || !content)
    return { status: 200, body: { errcode: 40008, errmsg: "invalid message type" } };
  if (Buffer.byteLength(content) > 2048) return { status: 200, body: { errcode: 40058, errmsg: "too long" } };
  return { status: 200, body: { errcode: 0, errmsg: "ok" } };
}
