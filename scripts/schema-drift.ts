import type pg from "pg";

/** One thing of the schema or one right to it; two databases agree when they have the same ones. */
export type SchemaItem = { kind: string; name: string; definition: string };
export type Catalogue = { majorVersion: number; items: SchemaItem[] };

/**
 * Everything in `public` that migrations make, and what the ordinary role and everybody may do with it and the queue.
 * Names of roles are replaced, so that installations with other ones compare.
 */
export async function readCatalogue(owner: pg.Client | pg.PoolClient, appRole: string): Promise<Catalogue> {
  await owner.query("begin isolation level repeatable read read only");
  // Names are written the same way wherever the search path points.
  await owner.query("set local search_path = pg_catalog");
  const { rows: items } = await owner.query<SchemaItem>(CATALOGUE, [appRole]);
  const { rows } = await owner.query<{ major: number }>(
    "select current_setting('server_version_num')::int / 10000 as major",
  );
  await owner.query("commit");
  return { majorVersion: rows[0]?.major ?? 0, items };
}

const ROLE = (oid: string) => `case ${oid} when 0 then 'everybody' else case pg_get_userbyid(${oid})
  when $1 then 'the ordinary role' when current_user then 'the owner' else pg_get_userbyid(${oid})::text end end`;

const CATALOGUE = `
with relation as (
  select c.*, n.nspname as schema, n.nspname = 'public' as ours from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname in ('public', 'pgboss')
), routine as (
  select p.*, n.nspname as schema, n.nspname = 'public' as ours from pg_proc p join pg_namespace n on n.oid = p.pronamespace
  where n.nspname in ('public', 'pgboss')
    and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
), granted as (
  select 'schema ' || nspname as what, a.grantee, a.privilege_type as may
    from pg_namespace, aclexplode(coalesce(nspacl, acldefault('n', nspowner))) a where nspname in ('public', 'pgboss')
  union all select format('%s %s', case relkind when 'S' then 'sequence' else 'table' end, relname), a.grantee, a.privilege_type
    from relation, aclexplode(coalesce(relacl, acldefault(case relkind when 'S' then 's' else 'r' end::"char", relowner))) a
    where relkind in ('r', 'p', 'v', 'm', 'f', 'S')
  union all select format('column %s.%s', relname, attname), a.grantee, a.privilege_type
    from relation join pg_attribute on attrelid = relation.oid, aclexplode(attacl) a where attacl is not null
  union all select 'function ' || replace(routine.oid::regprocedure::text, 'public.', ''), a.grantee, a.privilege_type
    from routine, aclexplode(coalesce(proacl, acldefault('f', proowner))) a
)
select 'table' as kind, relname::text as name, concat_ws(', ',
    case relkind when 'r' then 'a table' when 'p' then 'a partitioned table' when 'f' then 'a foreign table' else 'a view' end,
    case when relrowsecurity then 'row-level security on' else 'row-level security off' end,
    case when relforcerowsecurity then 'forced' end, pg_get_viewdef(case when relkind in ('v', 'm') then oid end)) as definition
  from relation where ours and relkind in ('r', 'p', 'v', 'm', 'f')
union all select 'column', format('%s.%s', relname, attname), concat_ws(' ', format_type(atttypid, atttypmod),
    case when attnotnull then 'not null' end, case when attidentity <> '' then 'identity' end,
    case when attgenerated <> '' then 'generated' end, 'default ' || pg_get_expr(adbin, adrelid))
  from relation join pg_attribute a on attrelid = relation.oid left join pg_attrdef on adrelid = relation.oid and adnum = attnum
  where ours and relkind in ('r', 'p', 'f') and attnum > 0 and not attisdropped
union all select 'constraint', format('%s.%s', relname, conname),
    pg_get_constraintdef(k.oid) || case when convalidated then '' else ' not valid' end
  from relation join pg_constraint k on conrelid = relation.oid where ours and contype <> 'n'
union all select 'index', i.relname::text, pg_get_indexdef(i.oid) || case when indisvalid then '' else ' (invalid)' end
  from relation i join pg_index on indexrelid = i.oid where ours
union all select 'trigger', format('%s.%s', relname, tgname),
    pg_get_triggerdef(t.oid) || case tgenabled when 'O' then '' when 'A' then ', always' when 'R' then ', on replicas' else ', switched off' end
  from relation join pg_trigger t on tgrelid = relation.oid where ours and not tgisinternal
union all select 'policy', format('%s.%s', relname, polname), concat_ws(' ',
    case when polpermissive then 'permissive' else 'restrictive' end, 'for ' || case polcmd when 'r' then 'select'
      when 'a' then 'insert' when 'w' then 'update' when 'd' then 'delete' else 'all' end,
    'to ' || (select string_agg(${ROLE("role")}, ', ' order by role) from unnest(polroles) role),
    'using ' || pg_get_expr(polqual, polrelid), 'with check ' || pg_get_expr(polwithcheck, polrelid))
  from relation join pg_policy on polrelid = relation.oid where ours
union all select 'function', replace(routine.oid::regprocedure::text, 'public.', ''), concat_ws(' ', lanname, provolatile, prokind,
    case when prosecdef then 'security definer' end, case when proisstrict then 'strict' end, array_to_string(proconfig, ', '),
    pg_get_function_arguments(routine.oid), 'returns', pg_get_function_result(routine.oid), md5(prosrc), pg_get_function_sqlbody(routine.oid))
  from routine join pg_language l on l.oid = prolang where ours
union all select 'sequence', relname::text, format('%s by %s from %s to %s%s', format_type(seqtypid, null), seqincrement, seqmin, seqmax,
    case when seqcycle then ', again from the start' else '' end)
  from relation join pg_sequence on seqrelid = relation.oid where ours
union all select 'type', typname::text, coalesce((select string_agg(enumlabel, ', ' order by enumsortorder) from pg_enum where enumtypid = t.oid), typtype::text)
  from pg_type t where typnamespace = 'public'::regnamespace and typtype in ('e', 'd')
union all select 'right', format('%s on %s of %s', may, what, ${ROLE("grantee")}), ''
  from granted where grantee = 0 or pg_get_userbyid(grantee) = $1
order by 1, 2`;

export type Drift = { item: SchemaItem; is: "missing" | "different" | "extra"; found: string };

/** @returns what differs. The same database read twice has no difference. */
export function driftOf(expected: SchemaItem[], live: SchemaItem[]): Drift[] {
  const keyOf = ({ kind, name }: SchemaItem) => `${kind} ${name}`;
  const [wanted, there] = [expected, live].map((items) => new Map(items.map((item) => [keyOf(item), item])));
  const lost = expected.flatMap((item): Drift[] => {
    const found = there?.get(keyOf(item));
    if (!found) return [{ item, is: "missing", found: "" }];
    return found.definition === item.definition ? [] : [{ item, is: "different", found: found.definition }];
  });
  const more = live
    .filter((item) => !wanted?.has(keyOf(item)))
    .map((item): Drift => ({ item, is: "extra", found: item.definition }));
  // What a table or function that is gone or came by hand takes with it is not told once more.
  const whole = new Set([...lost, ...more].filter(({ is }) => is !== "different").map(({ item }) => keyOf(item)));
  return [...lost, ...more].filter(({ item }) => !whole.has(holderOf(item)));
}

/** The key of the thing that an item is a part of, or a right to. */
function holderOf({ kind, name, definition }: SchemaItem): string {
  if (kind === "right") {
    const what = / on (.+) of (?:everybody|the ordinary role)$/.exec(name)?.[1] ?? "";
    return what.replace(/^column (.+)\.[^.]+$/, "table $1");
  }
  if (kind === "index") return `table ${/ ON (?:ONLY )?public\.(\S+)/.exec(definition)?.[1]}`;
  return ["table", "function", "sequence", "type"].includes(kind) ? "" : `table ${name.split(".")[0]}`;
}

/** An own table, index, sequence, type or function is in nobody's way; a column, policy or trigger changes what ours do. */
const HARMLESS_MORE = new Set(["table", "index", "sequence", "type", "function"]);

/**
 * What to say about a difference, and how to mend it.
 * @param migration the newest one that names the thing
 * @param sameMajor false: another major version of PostgreSQL may write the same definition in another way
 */
export function tellDrift(
  drift: Drift,
  migration: string | null,
  sameMajor: boolean,
): { state: "warn" | "failed"; detail: string } {
  const { item, is, found } = drift;
  if (item.kind === "right") return { state: "failed", detail: tellRight(item.name, is) };
  const thing = `the ${item.kind} ${item.name}`;
  const made = migration ? ` (made by prisma/migrations/${migration})` : "";
  if (is === "extra") {
    const state = HARMLESS_MORE.has(item.kind) ? "warn" : "failed";
    return { state, detail: `${thing} was added by hand: remove it, or keep what is yours in a schema of its own` };
  }
  const text = (definition: string) => (item.kind === "function" ? "its text stands there" : definition);
  const mend = "undo what was changed by hand, or take a backup and restore it into a new database";
  if (is === "missing")
    return { state: "failed", detail: `${thing} is missing${made}: ${mend}; it was: ${text(item.definition)}` };
  return {
    state: sameMajor ? "failed" : "warn",
    detail: `${thing} is not as it was made${made}: ${mend}; it was: ${text(item.definition)}${item.kind === "function" ? "" : `; it is: ${found}`}`,
  };
}

function tellRight(name: string, is: Drift["is"]): string {
  const [, right = name, who = ""] = /^(.*) of (everybody|the ordinary role)$/.exec(name) ?? [];
  if (is === "missing") return `${who} lacks ${right}: npm start grants it`;
  return who === "everybody"
    ? `everybody has ${right}: take it away (REVOKE … FROM PUBLIC)`
    : `the ordinary role has ${right}, which it must not: npm start takes it away`;
}
