import net, { type AddressInfo, type Socket } from "node:net";

/**
 * Where a statement stands when its connection is held: not yet with the server; with the server and being done
 * (the server's own hold keeps it from committing); or committed, with its answer on the way.
 */
export type Stage = "unsent" | "sent" | "answered";
export const STAGES: readonly Stage[] = ["unsent", "sent", "answered"];

/** A statement to hold, or to cut at once: which SQL function, in which team, at which stage. */
export type Snare = { statement: string; team: string; stage: Stage; cut: boolean };

export type SqlProxy = {
  port: number;
  /** Set before the statement comes. Each catches one. Resolves when it has; `go` or `cut` end the hold. */
  snare(snare: Snare): Caught;
  /** How often each function was called through here, by team. */
  seen: Map<string, number>;
  close(): Promise<void>;
};
export type Caught = { reached: Promise<void>; go(): void; cut(): void };

/** A PostgreSQL address between a buyer and the server, which can hold a statement or its answer, and cut. */
export async function startSqlProxy(serverPort: () => number): Promise<SqlProxy> {
  const snares = new Map<string, Snare & { caught: (socket: Socket, go?: () => void) => void }>();
  const seen = new Map<string, number>();
  const sockets = new Set<Socket>();

  const server = net.createServer((client) => {
    const upstream = net.connect(serverPort(), "127.0.0.1");
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(one);
      one.setNoDelay(true);
      one.on("error", () => {});
      one.on("close", () => {
        sockets.delete(one);
        other.destroy();
      });
    }

    let started = false;
    let rest: Buffer = Buffer.alloc(0);
    let batch: Buffer[] = [];
    let statement = "";
    /** While an answer is held, what arrived of it. */
    let kept: Buffer[] | null = null;
    let onAnswer: (() => void) | null = null;

    client.on("data", (chunk: Buffer) => {
      rest = Buffer.concat([rest, chunk]);
      for (;;) {
        const head = started ? 1 : 0;
        if (rest.length < head + 4) return;
        const size = head + rest.readInt32BE(head);
        if (rest.length < size) return;
        const message = rest.subarray(0, size);
        rest = rest.subarray(size);
        if (!started) {
          started = true;
          upstream.write(message);
          continue;
        }
        const type = String.fromCharCode(message[0] ?? 0);
        if (type === "P") statement = /\bfrom (credits_\w+)\(/.exec(message.toString("latin1"))?.[1] ?? "";
        batch.push(message);
        // A batch goes on whole, with its Sync; everything else at once.
        if (statement !== "" && type !== "S") continue;
        const whole = Buffer.concat(batch);
        batch = [];
        if (statement === "") upstream.write(whole);
        else forward(statement, whole);
        statement = "";
      }
    });

    function forward(name: string, bytes: Buffer) {
      const team = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(bytes.toString("latin1"))?.[0] ?? "";
      const key = `${name} ${team}`;
      seen.set(key, (seen.get(key) ?? 0) + 1);
      const snare = snares.get(key);
      if (!snare) return void upstream.write(bytes);
      snares.delete(key);
      if (snare.stage === "unsent") {
        snare.caught(client, () => upstream.write(bytes));
        return;
      }
      if (snare.stage === "sent") {
        upstream.write(bytes);
        snare.caught(client);
        return;
      }
      kept = [];
      onAnswer = () =>
        snare.caught(client, () => {
          for (const part of kept ?? []) client.write(part);
          kept = null;
        });
      upstream.write(bytes);
    }

    upstream.on("data", (chunk: Buffer) => {
      if (!kept) return void client.write(chunk);
      kept.push(chunk);
      // ReadyForQuery ends an answer: the statement has committed by now.
      const answer = Buffer.concat(kept);
      if (answer.length >= 6 && answer.readInt32BE(answer.length - 5) === 5 && answer[answer.length - 6] === 0x5a) {
        onAnswer?.();
        onAnswer = null;
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  return {
    port: (server.address() as AddressInfo).port,
    seen,
    snare(wanted) {
      let socket: Socket | undefined;
      let pass = () => {};
      const reached = new Promise<void>((resolve) => {
        snares.set(`${wanted.statement} ${wanted.team}`, {
          ...wanted,
          caught: (client, go = () => {}) => {
            socket = client;
            pass = go;
            if (wanted.cut) client.destroy();
            resolve();
          },
        });
      });
      return { reached, go: () => pass(), cut: () => socket?.destroy() };
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
