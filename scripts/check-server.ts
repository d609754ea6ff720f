import type pg from "pg";

type Problem = { check: string; state: "warn" | "failed"; detail: string };

/** What a session of the ordinary role runs with; a setting may come from the server, the database or the role. */
export type ServerFacts = {
  settings: Record<string, string>;
  standby: boolean;
  encrypted: boolean;
  /** The server's address is this machine's own, or a socket. */
  local: boolean;
  role: string;
  /** Attributes of the ordinary role that it needs not, such as CREATEDB. */
  attributes: string[];
  /** Roles that it may act as. */
  memberOf: string[];
};

const RULES: { name: string; bad: RegExp; state: "warn" | "failed"; because: string; good: string }[] = [
  { name: "fsync", bad: /^off$/, state: "failed", because: "a crash of the machine damages the database", good: "on" },
  {
    name: "full_page_writes",
    bad: /^off$/,
    state: "failed",
    because:
      "a page half written in a crash cannot be repaired; only a file system that writes whole pages (ZFS) bears it",
    good: "on",
  },
  {
    name: "synchronous_commit",
    bad: /^off$/,
    state: "failed",
    because: "a crash forgets purchases that were sent and paid",
    good: "on",
  },
  {
    name: "session_replication_role",
    bad: /^(?!origin$)/,
    state: "failed",
    because: "triggers and foreign keys do not hold",
    good: "origin",
  },
  {
    name: "default_transaction_read_only",
    bad: /^on$/,
    state: "failed",
    because: "nothing can be written",
    good: "off",
  },
  {
    name: "zero_damaged_pages",
    bad: /^on$/,
    state: "failed",
    because: "damaged pages are read as empty ones and lost",
    good: "off",
  },
  {
    name: "ignore_checksum_failure",
    bad: /^on$/,
    state: "failed",
    because: "damage is read as if it were data",
    good: "off",
  },
  { name: "autovacuum", bad: /^off$/, state: "warn", because: "the database grows and slows down", good: "on" },
];

/** @returns what is unsafe about a server and a role, with the mend; empty when nothing is. */
export function serverProblems(facts: ServerFacts): Problem[] {
  const unsafe = RULES.filter(({ name, bad }) => bad.test(facts.settings[name] ?? "")).map(
    ({ name, state, because, good }): Problem => ({
      check: "database setting",
      state,
      detail: `${name} is ${facts.settings[name]}: ${because}; set ${name} = ${good} (ALTER SYSTEM, or RESET it for the role ${facts.role} or the database) and reload`,
    }),
  );
  if (facts.settings.server_encoding !== "UTF8") {
    const detail = `the database's encoding is ${facts.settings.server_encoding}, which cannot hold every name: make one with ENCODING 'UTF8'`;
    unsafe.push({ check: "database setting", state: "failed", detail });
  }
  if (facts.standby) {
    const detail = "this server is a standby, which takes no writes: name the primary in DATABASE_URL";
    unsafe.push({ check: "database setting", state: "failed", detail });
  }
  if (!facts.encrypted && !facts.local) {
    const detail =
      "the way to the database is not encrypted: add sslmode=verify-full to DATABASE_URL and DATABASE_APP_URL";
    unsafe.push({ check: "database setting", state: "warn", detail });
  }
  if (facts.attributes.length > 0) {
    const mend = `ALTER ROLE ${facts.role} ${facts.attributes.map((name) => `NO${name}`).join(" ")}`;
    unsafe.push({ check: "role", state: "warn", detail: `${facts.role} has ${facts.attributes.join(", ")}: ${mend}` });
  }
  if (facts.memberOf.length > 0) {
    const detail = `${facts.role} may act as ${facts.memberOf.join(", ")}: REVOKE ${facts.memberOf.join(", ")} FROM ${facts.role}`;
    unsafe.push({ check: "role", state: "failed", detail });
  }
  return unsafe;
}

export async function readServerFacts(app: pg.Client): Promise<ServerFacts> {
  const names = [...RULES.map(({ name }) => name), "server_encoding"];
  const { rows } = await app.query<ServerFacts>(
    `select (select json_object_agg(name, current_setting(name)) from unnest($1::text[]) name) as settings,
      pg_is_in_recovery() as standby, rolname as role,
      coalesce((select ssl from pg_stat_ssl where pid = pg_backend_pid()), false) as encrypted,
      coalesce(inet_server_addr() <<= '127.0.0.0/8' or inet_server_addr() = '::1', true) as local,
      array_remove(array[case when rolcreaterole then 'CREATEROLE' end, case when rolcreatedb then 'CREATEDB' end,
        case when rolreplication then 'REPLICATION' end], null) as attributes,
      array(select r.rolname::text from pg_auth_members m join pg_roles r on r.oid = m.roleid where m.member = me.oid order by 1) as "memberOf"
     from pg_roles me where rolname = current_user`,
    [names],
  );
  if (!rows[0]) throw new Error("the database tells nothing of its own role");
  return rows[0];
}
