import { createHash, randomUUID } from "node:crypto";
import { fsyncSync, openSync, writeSync } from "node:fs";
import { createServer } from "node:http";
import net, { type AddressInfo } from "node:net";
import { json, wirePage, wireRow } from "@/lib/testing/scripted-upstream";

// The upstream as a process of its own. What reaches it is on disk before anything is answered, so that its log is
// the truth whoever dies. The keyword of a question says what to do: "<step>.<step> <cell>", one step for each call
// of that question, and full answers after the last one.

export const STEPS = {
  /** A whole page, which costs. */
  full: "charged",
  /** A whole page, but not before the test says so. */
  gate: "charged",
  /** Half of the page, then the connection breaks. */
  mid: "charged",
  /** The request is taken, and the connection breaks without a byte. Whether it cost is the upstream's secret. */
  after: "secret",
  /** Nothing ever comes. */
  mute: "secret",
  /** 429. */
  limited: "free",
  /** 500. */
  broken: "free",
} as const;
export type Step = keyof typeof STEPS;

/** A line of the log. */
export type Call = {
  cell: string;
  keyword: string;
  step: Step;
  /** The database's moment of sending, which the buyer names to the sandbox. */
  sentAt: string;
  /** Its own name for this call, given in its answer. */
  id: string;
  /** What this call really cost, in credits. */
  cost: number;
};

/** From now on this cell gets full answers at once, those that wait included. */
export type UpstreamOrder = { kind: "open"; cell: string };

const PRICE = 2;
const log = openSync(process.argv[2] ?? "", "a");
const calls = new Map<string, number>();
const open = new Set<string>();
const waiting = new Map<string, (() => void)[]>();

process.on("message", ({ cell }: UpstreamOrder) => {
  open.add(cell);
  for (const go of waiting.get(cell) ?? []) go();
  waiting.delete(cell);
});
process.once("disconnect", () => process.exit(0));

const server = createServer((request, response) => {
  const keyword = new URL(request.url ?? "", "http://upstream").searchParams.get("search_keyword") ?? "";
  const [script = "", cell = ""] = keyword.split(" ");
  const count = calls.get(keyword) ?? 0;
  calls.set(keyword, count + 1);
  const planned = (script.split(".")[count] ?? "full") as Step;
  const step = open.has(cell) && planned !== "gate" ? "full" : planned;
  const odd = (createHash("sha256").update(cell).digest()[0] ?? 0) % 2 === 1;
  const call: Call = {
    cell,
    keyword,
    step,
    sentAt: String(request.headers["x-sandbox-now"] ?? ""),
    id: randomUUID(),
    cost: STEPS[step] === "charged" || (STEPS[step] === "secret" && odd) ? PRICE : 0,
  };
  writeSync(log, `${JSON.stringify(call)}\n`);
  fsyncSync(log);
  const page = wirePage(
    Array.from({ length: 3 }, (_, index) => wireRow(index + 1)),
    { requestId: call.id },
  );
  switch (step) {
    case "limited":
      return json(response, 429, { code: 429, message: "too many" });
    case "broken":
      return json(response, 500, { code: 500, message: "broken" });
    case "mute":
      return;
    case "after":
      request.socket.resetAndDestroy();
      return;
    case "mid": {
      const body = JSON.stringify(page);
      response.writeHead(200, { "content-type": "application/json", "content-length": String(body.length) });
      response.write(body.slice(0, body.length / 2), () => setImmediate(() => request.socket.destroy()));
      return;
    }
    case "gate": {
      const answer = () => json(response, 200, page);
      if (open.has(cell)) return answer();
      waiting.set(cell, [...(waiting.get(cell) ?? []), answer]);
      return;
    }
    default:
      return json(response, 200, page);
  }
});
// Drops each connection at its first byte, and knows nothing of what it was to be asked.
const dropper = net.createServer((socket) => {
  socket.on("error", () => {});
  socket.once("data", () => socket.resetAndDestroy());
});

const listening = (on: net.Server) =>
  new Promise<string>((resolve) => {
    on.listen(0, "127.0.0.1", () => resolve(`http://127.0.0.1:${(on.address() as AddressInfo).port}`));
  });
process.send?.({ kind: "ready", url: await listening(server), droppingUrl: await listening(dropper) });
