import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type HookReceiver, startHookReceiver } from "@/lib/testing/hook-receiver";
import { postHook } from "./post-hook";

let receiver: HookReceiver;
beforeAll(async () => {
  receiver = await startHookReceiver();
});
afterAll(() => receiver.stop());
beforeEach(() => {
  receiver.received.length = 0;
  receiver.answer(() => ({ status: 200, body: "ok" }));
});

const named = (host: string) => {
  const url = new URL(`${receiver.url}/in?key=1`);
  url.hostname = host;
  return { url: url.href, headers: { "x-mark": "1" }, body: "{}" };
};

test("a message goes to the addresses that were looked at, whatever the name means elsewhere", async () => {
  const asked: string[] = [];
  const resolve = async (host: string) => {
    asked.push(host);
    return asked.length === 1 ? ["127.0.0.1"] : ["10.0.0.1"];
  };
  const exchange = await postHook(named("hooks.example"), { resolve });
  expect(exchange).toMatchObject({ status: 200, body: "ok" });
  // Looked up once, by us: the connection asks nobody again.
  expect(asked).toEqual(["hooks.example"]);
  expect(receiver.received).toMatchObject([{ path: "/in?key=1", headers: { "x-mark": "1" }, body: "{}" }]);
  expect(await postHook(named("hooks.example"), { resolve })).toMatchObject({ problem: "address_refused" });
  expect(receiver.received).toHaveLength(1);
});

test.each(["10.0.0.1", "169.254.169.254", "[::1]", "[::ffff:10.0.0.1]", "2130706434", "0x7f000002"])(
  "nothing is sent to %s, also where the address was saved before",
  async (host) => {
    expect(await postHook(named(host))).toEqual({ status: null, problem: "address_refused", cause: null });
  },
);

test("a redirect is told and not followed", async () => {
  receiver.answer(() => ({ status: 307, headers: { location: `${receiver.url}/elsewhere` } }));
  expect(await postHook(named("127.0.0.1"))).toMatchObject({ status: 307 });
  expect(receiver.received.map(({ path }) => path)).toEqual(["/in?key=1"]);
});

test("an answer is read so far and no further, and waited for so long and no longer", async () => {
  receiver.answer(() => ({ status: 200, body: "x".repeat(1_000_000) }));
  const long = await postHook(named("127.0.0.1"));
  expect(long.status === 200 && long.body.length).toBe(16 * 1024);
  let release = () => {};
  receiver.answer(() => new Promise((done) => (release = () => done({ status: 200 }))));
  expect(await postHook(named("127.0.0.1"), { timeoutMs: 300 })).toMatchObject({ problem: "timeout" });
  release();
  const never = new Promise<string[]>(() => {});
  expect(await postHook(named("slow.example"), { timeoutMs: 50, resolve: () => never })).toMatchObject({
    problem: "timeout",
  });
});

test("nobody there is told by the network's own word", async () => {
  const gone = await startHookReceiver();
  await gone.stop();
  expect(await postHook({ url: gone.url, headers: {}, body: "" })).toEqual({
    status: null,
    problem: "not_reached",
    cause: "ECONNREFUSED",
  });
});
