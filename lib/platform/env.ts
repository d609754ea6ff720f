import "server-only";
import { z } from "zod";

function whole(least: number, most: number) {
  const error = `must be a whole number from ${least} to ${most}`;
  return z.coerce.number({ error }).int({ error }).min(least, { error }).max(most, { error });
}
const port = whole(0, 65_535);
const RATE = { error: "must be a number above 0, up to 1000" };
const blankAsMissing = (value: unknown) => (value === "" ? undefined : value);
const optional = <T extends z.ZodType>(schema: T) => z.preprocess(blankAsMissing, schema.optional());
const withDefault = <T extends z.ZodType>(schema: T, value: z.input<T>) =>
  z.preprocess((given) => blankAsMissing(given) ?? value, schema);
const network = z.union([z.cidrv4(), z.cidrv6(), z.ipv4(), z.ipv6()], {
  error: "must list addresses or networks, such as 10.0.0.0/8, 192.168.1.20",
});
const networks = z
  .string()
  .transform((text) => text.split(",").flatMap((part) => part.trim() || []))
  .pipe(z.array(network));
const httpUrl = z.url({ protocol: /^https?$/, error: "must be an http:// or https:// address" });
const postgresUrl = z.url({ protocol: /^postgres(ql)?$/, error: "must be a postgresql:// address" });

/** An address, or a name and the address in angle brackets (RFC 5322), on one line. */
const MAILBOX = /^(?:[^<>\p{Cc}]* ?<[^<>@\s,;]+@[^<>@\s,;]+>|[^<>@\s,;]+@[^<>@\s,;]+)$/u;

const settings = z.object({
  PORT: withDefault(port, 3000),
  HOST: optional(z.string()),
  APP_URL: optional(httpUrl.transform((url) => url.replace(/\/+$/, ""))),
  DATA_DIR: withDefault(z.string(), "./.data"),
  DATABASE_URL: optional(postgresUrl),
  DATABASE_APP_URL: optional(postgresUrl),
  APP_SECRET: optional(z.string().min(32, "must have at least 32 characters; make one with `openssl rand -base64 48`")),
  APP_SECRET_PREVIOUS: optional(z.string().min(32, "must have at least 32 characters")),
  KEYAPI_BASE_URL: withDefault(
    httpUrl.transform((url) => url.replace(/\/+$/, "")),
    "https://api.keyapi.ai",
  ),
  KEYAPI_TIMEOUT_MS: withDefault(whole(1000, 300_000), 30_000),
  KEYAPI_REQUESTS_PER_SECOND: withDefault(z.coerce.number(RATE).positive(RATE).max(1000, RATE), 10),
  SANDBOX: withDefault(z.enum(["on", "off"]), "on"),
  SANDBOX_PORT: optional(port),
  SMTP_URL: optional(z.url({ protocol: /^smtps?$/, error: "must be an smtp:// or smtps:// address" })),
  MAIL_FROM: optional(
    z
      .string()
      .regex(MAILBOX, 'must be an address, such as nichebook@example.com or "Nichebook <nichebook@example.com>"'),
  ),
  WORKER: withDefault(z.enum(["inline", "off"]), "inline"),
  SIGN_UP: optional(z.enum(["open", "invite"])),
  LOG_LEVEL: withDefault(z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]), "info"),
  TRUST_PROXY: withDefault(
    z.enum(["on", "off", "true", "false", "1", "0"]).transform((value) => ["on", "true", "1"].includes(value)),
    "off",
  ),
  WEBHOOK_ALLOW: withDefault(networks, ""),
  NICHEBOOK_URL: optional(httpUrl),
  NICHEBOOK_TOKEN: optional(z.string()),
  METRICS_TOKEN: optional(z.string().min(16, "must have at least 16 characters")),
});

/** Validated settings of this process. Times in the unit that the name says. */
export type Env = Readonly<z.output<typeof settings>>;

/** @returns the settings, or one clear line for each mistake. */
export function parseEnv(source: Record<string, string | undefined>): { env: Env } | { mistakes: string[] } {
  const result = settings.safeParse(source);
  if (result.success) {
    if (result.data.DATABASE_URL && !result.data.APP_SECRET) {
      return { mistakes: ["APP_SECRET is not set: an own DATABASE_URL needs one (at least 32 characters)."] };
    }
    return { env: result.data };
  }
  return {
    mistakes: result.error.issues.map((issue) => `${issue.path.join(".")} is wrong: ${issue.message}`),
  };
}

/** The names of all settings. */
export const SETTING_NAMES: readonly string[] = settings.keyof().options;

/** The names of everything in this process's environment, for finding misspelt ones. */
export const environmentNames = () => Object.keys(process.env);

let parsed: Env | null = null;

/** The settings of this process, read from the environment once. @throws when a setting is wrong. */
export function env(): Env {
  if (parsed) return parsed;
  const result = parseEnv(process.env);
  if ("mistakes" in result) throw new Error(result.mistakes.join("\n"));
  parsed = result.env;
  return parsed;
}

/** The address people reach this installation at, without a trailing slash. */
export function appUrl(): string {
  return env().APP_URL ?? `http://localhost:${env().PORT}`;
}

export const isHttps = () => appUrl().startsWith("https:");

/** Where mail goes out, and as whom; null: nowhere, and mails wait for the operator. */
export type Smtp = { readonly url: string; readonly from: string };

export function smtp(): Smtp | null {
  const { SMTP_URL: url, MAIL_FROM } = env();
  return url ? { url, from: MAIL_FROM ?? `Nichebook <nichebook@${new URL(appUrl()).hostname}>` } : null;
}

/** The folder that a command was typed in: npm itself goes to the root of the installation. */
export const calledFrom = () => process.env.INIT_CWD ?? process.cwd();

/** The root folder of the installation, for the few files that are read at run time. */
export const isProductionBuild = () => process.env.NODE_ENV === "production";
