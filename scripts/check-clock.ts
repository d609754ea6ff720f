import { createSocket } from "node:dgram";

type State = { state: "ok" | "warn" | "failed"; detail: string };

/** Public time servers that anybody may ask, one of them in China. */
export const TIME_SERVERS = ["time.cloudflare.com", "ntp.aliyun.com"];
/** Codes of second factors are taken half a minute either side. */
const [WARN_MS, FAIL_MS] = [5_000, 30_000];
/** Seconds from 1900, where NTP begins, to 1970. */
const NTP_EPOCH_S = 2_208_988_800;

/** @param offBy what the clock shows more than the other one, in ms */
export function clockState(what: string, other: string, offByMs: number): State {
  const seconds = Math.round(Math.abs(offByMs) / 100) / 10;
  if (Math.abs(offByMs) < WARN_MS) return { state: "ok", detail: `${what} and ${other} agree` };
  const detail = `${what} is ${seconds} s ${offByMs > 0 ? "ahead of" : "behind"} ${other}: set the clock by NTP (timedatectl set-ntp true)`;
  return { state: Math.abs(offByMs) < FAIL_MS ? "warn" : "failed", detail };
}

/** What time it is by an NTP server (RFC 5905, client mode). Null: it did not answer in time. */
export function askTime(host: string, port = 123, timeoutMs = 2_000): Promise<Date | null> {
  const socket = createSocket(host.includes(":") ? "udp6" : "udp4");
  return new Promise<Date | null>((resolve) => {
    const timer = setTimeout(() => resolve(null), timeoutMs);
    socket.once("error", () => resolve(null));
    socket.once("message", (answer) => {
      clearTimeout(timer);
      // Stratum 0 is a refusal.
      if (answer.length < 48 || answer[1] === 0) return resolve(null);
      resolve(new Date((answer.readUInt32BE(40) - NTP_EPOCH_S) * 1000 + (answer.readUInt32BE(44) / 2 ** 32) * 1000));
    });
    // Version 4, as a client.
    socket.send(Buffer.concat([Buffer.from([0x23]), Buffer.alloc(47)]), port, host, (error) => {
      if (error) resolve(null);
    });
  }).finally(() => socket.close());
}
