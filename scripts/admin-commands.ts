import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import { endSessionsOf } from "@/lib/accounts/end-sessions";
import { removeSecondFactorOf } from "@/lib/accounts/second-factor";
import { createAccount } from "@/lib/auth/create-account";
import { createToken } from "@/lib/auth/create-token";
import { emailSchema, ROLES, signUpSchema } from "@/lib/auth/schemas";
import { setLimit } from "@/lib/credits/set-limit";
import { verifyLedger } from "@/lib/credits/verify-ledger";
import { readOutbox } from "@/lib/mail/read-outbox";
import { hasSecretOf } from "@/lib/platform/crypto";
import { db } from "@/lib/platform/db";
import { calledFrom } from "@/lib/platform/env";
import { runtime } from "@/lib/platform/runtime";
import { addMember } from "@/lib/teams/add-member";
import { createTeamFor } from "@/lib/teams/create-team";
import { findMember } from "@/lib/teams/find-member";
import { findTeamBySlug } from "@/lib/teams/find-team";
import { saveKeyFor } from "@/lib/teams/save-key";
import { createTeamSchema, saveKeySchema } from "@/lib/teams/schemas";
import { useSandboxFor as chooseSandbox } from "@/lib/teams/use-sandbox";
import { backUp } from "./backup";
import { type Restored, restoreInto } from "./restore";
import { rotateSecret } from "./rotate-secret";

/** What a command answers; `failed` makes the exit code 1 all the same. */
export type Answer = { answer: Record<string, unknown>; failed?: boolean };
type Values = Record<string, string | boolean | undefined>;
type Command = {
  usage: string;
  flags?: string[];
  /** For a database on which nothing runs, before it is brought to this version; what it finds is handed to `run`. */
  first?: (values: Values, database: { ownerUrl: string; appRole: string }) => Promise<unknown>;
  run: (values: Values, database: { ownerUrl: string; found?: unknown }) => Promise<Answer>;
};

const teamSlug = z.string({ error: "is missing" }).min(1);
/** From where npm was called, which itself goes to the root of the installation. */
const file = z
  .string({ error: "is missing" })
  .min(1, "is missing")
  .transform((path) => resolve(calledFrom(), path));
const CREDITS = 'must be a whole number from 0, or "none"';
const done = (answer: Record<string, unknown>): Answer => ({ answer });
const read = <T extends z.ZodType>(schema: T, values: Values): z.output<T> => schema.parse(values);

/** The operator's commands that work on the database. Names and arguments stay. */
export const COMMANDS: Record<string, Command> = {
  "create-user": {
    usage: "--email <email> --name <name> --password <password> [--language en|zh-CN]",
    async run(values) {
      const { id } = await createAccount(read(signUpSchema, values), { address: null });
      return done({ userId: id });
    },
  },
  "create-team": {
    usage: "--name <name> --owner <email> [--time-zone <IANA name>]",
    async run(values) {
      const { owner } = read(z.object({ owner: emailSchema }), values);
      const team = createTeamSchema.parse({ name: values.name, timeZone: values["time-zone"] });
      const user = await db().user.findUnique({ where: { email: owner }, select: { id: true } });
      if (!user) throw new CommandError("not_found", `There is no account with the email ${owner}.`);
      const { id, slug } = await createTeamFor(user.id, team);
      return done({ teamId: id, slug });
    },
  },
  "add-member": {
    usage: `--team <slug> --email <email> --role ${ROLES.join("|")}`,
    async run(values) {
      const input = read(z.object({ team: teamSlug, email: emailSchema, role: z.enum(ROLES) }), values);
      const teamId = await idOf(input.team);
      const { id } = await named(addMember({ teamId, email: input.email, role: input.role }), {
        not_found: `There is no account with the email ${input.email}.`,
      });
      return done({ memberId: id });
    },
  },
  "set-key": {
    usage: "--team <slug> (--key <value> | --sandbox)",
    flags: ["sandbox"],
    async run(values) {
      const { team } = read(z.object({ team: teamSlug }), values);
      if (Boolean(values.key) === Boolean(values.sandbox)) {
        throw new CommandError("invalid_request", "Give either --key or --sandbox.");
      }
      const teamId = await idOf(team);
      const status = values.sandbox
        ? await chooseSandbox(teamId)
        : await saveKeyFor(teamId, saveKeySchema.parse({ apiKey: values.key }));
      return done({ upstream: status.upstream, lastFour: status.key?.lastFour ?? null });
    },
  },
  "set-limit": {
    usage: "--team <slug> [--member <email>] --credits <n|none>",
    async run(values) {
      const schema = z.object({
        team: teamSlug,
        member: emailSchema.optional(),
        credits: z.string({ error: CREDITS }).regex(/^(none|\d{1,9})$/, { error: CREDITS }),
      });
      const { team, member, credits } = read(schema, values);
      const teamId = await idOf(team);
      const memberId = member ? (await memberOf(team, member)).memberId : null;
      const limit = credits === "none" ? null : Number(credits);
      await setLimit({ teamId, memberId, credits: limit });
      return done({ team, member: member ?? null, credits: limit });
    },
  },
  "create-token": {
    usage: "--team <slug> --email <email> --scope read|read+spend [--name <name>]",
    async run(values) {
      const schema = z.object({
        team: teamSlug,
        email: emailSchema,
        scope: z.enum(["read", "read+spend"]),
        name: z.string().trim().min(1).max(100).default("Made by the operator"),
      });
      const { team, email, scope, name } = read(schema, values);
      const { id, token } = await createToken({ ...(await memberOf(team, email)), name, scope });
      return done({ tokenId: id, token });
    },
  },
  "rotate-secret": {
    usage: "",
    async run() {
      if (!runtime().appSecretPrevious) {
        throw new CommandError(
          "not_ready",
          "Set APP_SECRET_PREVIOUS to the secret before, and APP_SECRET to the new one.",
        );
      }
      const done = await rotateSecret();
      return { answer: done, failed: done.unreadable.length > 0 };
    },
  },
  "remove-second-factor": {
    usage: "--email <email>",
    async run(values) {
      const { email } = read(z.object({ email: emailSchema }), values);
      await named(removeSecondFactorOf(email), {
        not_found: `There is no account with the email ${email} and a second factor.`,
      });
      return done({ email });
    },
  },
  "end-sessions": {
    usage: "--email <email>",
    async run(values) {
      const { email } = read(z.object({ email: emailSchema }), values);
      const ended = await named(endSessionsOf(email), { not_found: `There is no account with the email ${email}.` });
      return done({ email, ended });
    },
  },
  "verify-ledger": {
    usage: "[--team <slug>]",
    async run(values) {
      const { team } = read(z.object({ team: teamSlug.optional() }), values);
      const check = await verifyLedger(team ? { teamId: await idOf(team) } : {});
      return { answer: check, failed: !check.ok };
    },
  },
  backup: {
    usage: "--to <file>",
    async run(values, { ownerUrl }) {
      const { to } = read(z.object({ to: file }), values);
      return done(await backUp(ownerUrl, to));
    },
  },
  restore: {
    usage: "--from <file>",
    first: (values, database) => restoreInto({ ...database, file: read(z.object({ from: file }), values).from }),
    async run(_values, { found }) {
      const { seals, ...restored } = found as Restored;
      const unreadable = Object.entries(seals).reduce((sum, [key, rows]) => sum + (hasSecretOf(key) ? 0 : rows), 0);
      const { ok, problems } = await verifyLedger();
      return { answer: { ...restored, unreadable, ok, problems }, failed: !ok || unreadable > 0 };
    },
  },
  // Links in it open accounts: it is for whoever may read the installation's secret, as this command must.
  outbox: { usage: "", run: async () => done({ mails: await readOutbox() }) },
};

/** A failure that the operator can mend. */
export class CommandError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** The options of a command, all of which take a value but its flags and `--json`. @throws CommandError */
export function readOptions(command: Command | undefined, args: string[]): Values {
  const names = [...(command?.usage ?? "").matchAll(/--([a-z-]+)/g)].map(([, name]) => name ?? "");
  const flags = new Set(["json", ...(command?.flags ?? [])]);
  const options = Object.fromEntries(
    ["json", ...names].map((name) => [name, { type: flags.has(name) ? "boolean" : "string" } as const]),
  );
  try {
    return parseArgs({ args, options, strict: true, allowPositionals: false }).values as Values;
  } catch (error) {
    throw new CommandError("invalid_request", error instanceof Error ? error.message : String(error));
  }
}

const idOf = async (slug: string) =>
  (await named(findTeamBySlug(slug), { not_found: `There is no team with the slug ${slug}.` })).id;

async function memberOf(slug: string, email: string): Promise<{ teamId: string; memberId: string }> {
  await idOf(slug);
  return named(findMember(slug, email), { not_found: `The team ${slug} has no member with the email ${email}.` });
}

/** Says in the operator's words what a verb's bare code means here. */
async function named<T>(promise: Promise<T>, messages: Record<string, string>): Promise<T> {
  try {
    return await promise;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (messages[code]) throw new CommandError(code, messages[code]);
    throw error;
  }
}
