import { parseArgs } from "node:util";
import { DEFAULT_SEED, type Sandbox, startSandbox } from "./server";

/** Starts the sandbox as a process of its own; see README.md. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: "string", default: "0" },
      host: { type: "string", default: "127.0.0.1" },
      seed: { type: "string", default: DEFAULT_SEED },
      log: { type: "string" },
    },
  });
  const port = Number(values.port);
  if (!/^\d{1,5}$/.test(values.port) || port > 65_535) throw new Error(`--port ${values.port} is not 0 to 65535`);

  const sandbox = await startSandbox({ port, host: values.host, seed: values.seed, logFile: values.log });
  stopWith(sandbox);
  console.log(JSON.stringify({ sandbox: sandbox.url }));
  process.send?.({ port: sandbox.port });
}

/** A signal ends the process, and so does the end of the parent that started it with a channel. */
function stopWith(sandbox: Sandbox): void {
  const stop = () => {
    void sandbox.close().then(() => process.exit(0));
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
  if (process.send) process.once("disconnect", stop);
}

main().catch((error: unknown) => {
  console.error(`sandbox: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
});
