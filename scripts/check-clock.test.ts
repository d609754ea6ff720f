import { createSocket } from "node:dgram";
import { expect, test } from "vitest";
import { askTime, clockState } from "./check-clock";

test.each([
  [0, "ok", "agree"],
  [-4_999, "ok", "agree"],
  [5_000, "warn", "5 s ahead of"],
  [-29_000, "warn", "29 s behind"],
  [-30_000, "failed", "30 s behind"],
  [86_400_000, "failed", "86400 s ahead of"],
])("a clock that is off by %i ms is %s", (offBy, state, words) => {
  expect(clockState("this clock", "that one", offBy)).toEqual({ state, detail: expect.stringContaining(words) });
});

async function askServer(answer: Buffer | null): Promise<Date | null> {
  const server = createSocket("udp4");
  await new Promise<void>((resolve) => server.bind(0, "127.0.0.1", resolve));
  if (answer) server.once("message", (_question, from) => server.send(answer, from.port, from.address));
  try {
    return await askTime("127.0.0.1", server.address().port, answer ? 5_000 : 50);
  } finally {
    server.close();
  }
}

test("a time server's answer is read to the millisecond", async () => {
  const answer = Buffer.alloc(48);
  answer[0] = 0x24;
  answer[1] = 2;
  answer.writeUInt32BE(2_208_988_800 + 1_795_000_000, 40);
  answer.writeUInt32BE(2 ** 31, 44);
  expect(await askServer(answer)).toEqual(new Date(1_795_000_000_500));
});

test("a refusal, an answer that is none, and silence are no time", async () => {
  expect(await askServer(Buffer.alloc(48))).toBeNull();
  expect(await askServer(Buffer.from("no"))).toBeNull();
  expect(await askServer(null)).toBeNull();
});
