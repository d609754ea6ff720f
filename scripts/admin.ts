import { resolve } from "node:path";
import { z } from "zod";
import { loadMessages, type Messages } from "@/lib/i18n/messages";
import { closePools } from "@/lib/platform/db";
import { type Env, env } from "@/lib/platform/env";
import { AppError } from "@/lib/platform/errors";
import { setRuntime } from "@/lib/platform/runtime";
import { type Answer, COMMANDS, CommandError, readOptions } from "./admin-commands";
import { examine } from "./doctor";
import { applicationLock, askHolder } from "./lock.mjs";
import { openDatabase } from "./open-database";
import { ROOT } from "./root";
import { StartError } from "./start-error";

// The operator's commands. They work on the running application's database, and start the embedded one for as long
// as they take when it is not running.

const [name = "", ...args] = process.argv.slice(2);
const json = args.includes("--json");

/** Names no sandbox: only that one may be chosen. */
const NO_SANDBOX_YET = "http://127.0.0.1:9";

// A command is short and finishes what it began, the stop of the database included.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => {});

async function run(): Promise<Answer> {
  const command = COMMANDS[name];
  if (!command && name !== "doctor") {
    throw new CommandError("unknown_command", name ? `There is no command ${name}.\n${usage()}` : usage());
  }
  const values = readOptions(command, args);
  if (!command) return examine();
  let settings: Env;
  try {
    settings = env();
  } catch (error) {
    throw new StartError(error instanceof Error ? error.message : String(error));
  }
  const say = (line: string) => process.stderr.write(`${line}\n`);
  const askApplication = () => askHolder(applicationLock(resolve(ROOT, settings.DATA_DIR)));
  let found: unknown;
  const first = async (at: { ownerUrl: string; appRole: string }) => {
    if (!settings.DATABASE_URL && (await askApplication())) {
      throw new StartError("The application is running: stop it first.");
    }
    found = await command.first?.(values, at);
  };
  const database = await openDatabase({ env: settings, say, ...(command.first ? { first } : {}) });
  try {
    const holder = await askApplication();
    setRuntime({
      databaseAppUrl: database.appUrl(),
      appSecret: database.appSecret,
      appSecretPrevious: settings.APP_SECRET_PREVIOUS ?? null,
      sandboxUrl:
        settings.SANDBOX === "off" ? null : typeof holder?.sandboxUrl === "string" ? holder.sandboxUrl : NO_SANDBOX_YET,
    });
    return await command.run(values, { ownerUrl: database.ownerUrl(), found });
  } finally {
    await closePools();
    await database.leave();
  }
}

function print(answer: Record<string, unknown>): void {
  if (json) {
    console.log(JSON.stringify(answer));
    return;
  }
  for (const [key, value] of Object.entries(answer)) {
    if (!Array.isArray(value)) console.log(`${key}: ${value ?? "none"}`);
    else if (value.length > 0) console.log(`${key}:\n${value.map((item) => `  ${lineOf(item)}`).join("\n")}`);
  }
}

const lineOf = (item: unknown) =>
  item && typeof item === "object"
    ? Object.values(item)
        .filter((part) => part !== null)
        .join(" · ")
    : String(item);

function usage(): string {
  const lines = Object.entries(COMMANDS).map(([word, command]) => `  ${word} ${command.usage}`);
  return ["Usage: npm run admin -- <command> [--json]", ...lines, "  doctor"].join("\n");
}

/** The code and the sentence of a failure; what we do not know keeps its own words, for the operator is one of us. */
function tell(error: unknown): { code: string; message: string } {
  if (error instanceof CommandError) return { code: error.code, message: withUsage(error) };
  if (error instanceof StartError) return { code: "not_ready", message: error.message };
  if (error instanceof z.ZodError) {
    const lines = error.issues.map(({ path, message }) => `--${optionOf(path)}: ${sentence("validation", message)}`);
    return { code: "invalid_request", message: `${lines.join("\n")}${usageOf()}` };
  }
  if (error instanceof AppError) {
    const { errors, reason = "detail" } = error.details;
    const message = errors
      ? errors.map((one) => `--${one.path}: ${sentence("validation", one.message)}`).join("\n")
      : sentence(`errors.${error.code}`, reason);
    return { code: error.code, message };
  }
  return { code: "internal", message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}

const withUsage = ({ code, message }: CommandError) => (code === "invalid_request" ? message + usageOf() : message);
const usageOf = () => (COMMANDS[name] ? `\nUsage: npm run admin -- ${name} ${COMMANDS[name].usage}` : "");
const OPTION_OF: Record<string, string> = { timeZone: "time-zone", apiKey: "key" };
const optionOf = ([first]: PropertyKey[]) => OPTION_OF[String(first)] ?? String(first);

/** A message of the catalogue by its place, or the text itself when there is none. */
function sentence(place: string, key: string): string {
  const found = [...place.split("."), key].reduce<Messages | string | undefined>(
    (tree, part) => (typeof tree === "object" ? tree[part] : undefined),
    loadMessages("en"),
  );
  return typeof found === "string" ? found : key;
}

try {
  const { answer, failed } = await run();
  print(answer);
  process.exitCode = failed ? 1 : 0;
} catch (error) {
  const told = tell(error);
  if (json) console.log(JSON.stringify({ error: told }));
  else console.error(told.message);
  process.exitCode = 1;
}
