/** What the reference shows of an OpenAPI document: the parts of it that ours has. */
type Schema = {
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  format?: string;
  minimum?: number;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
};
type Parameter = {
  name: string;
  in: "path" | "query" | "header";
  required: boolean;
  description?: string;
  schema: Schema;
};
type RawOperation = {
  tags: string[];
  summary: string;
  description?: string;
  security: { token?: string[]; session?: string[] }[];
  parameters: Parameter[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Record<string, { description: string }>;
};
export type ApiDocument = { servers: { url: string }[]; paths: Record<string, Record<string, RawOperation>> };

export type Operation = {
  id: string;
  tag: string;
  method: string;
  path: string;
  summary: string;
  description: string | null;
  /** `token`: with one of scope `read`; `spending`: of scope `read+spend`; `session`: signed in only; `public`: anybody. */
  access: "token" | "spending" | "session" | "public";
  fields: { name: string; place: "path" | "query" | "header" | "body"; type: string; required: boolean }[];
  statuses: { status: string; text: string }[];
  curl: string;
};

/** The calls of a document in its order, each with a command to copy. */
export function operationsOf({ servers, paths }: ApiDocument): Operation[] {
  const base = servers[0]?.url ?? "";
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, raw]) => {
      const body = raw.requestBody?.content["application/json"]?.schema;
      const access = accessOf(raw);
      return {
        id: `${method}-${path.replace(/[^a-z0-9]+/gi, "-")}`,
        tag: raw.tags[0] ?? "",
        method: method.toUpperCase(),
        path,
        summary: raw.summary,
        description: raw.description ?? null,
        access,
        fields: [
          ...raw.parameters.map(({ name, in: place, required, schema }) => ({
            name,
            place,
            required,
            type: typeOf(schema),
          })),
          ...Object.entries(body?.properties ?? {}).map(([name, schema]) => ({
            name,
            place: "body" as const,
            required: body?.required?.includes(name) ?? false,
            type: typeOf(schema),
          })),
        ],
        statuses: Object.entries(raw.responses).map(([status, { description }]) => ({ status, text: description })),
        curl: curlOf(base, method.toUpperCase(), path, raw, body, access),
      };
    }),
  );
}

function accessOf({ security }: RawOperation): Operation["access"] {
  if (security.length === 0) return "public";
  const scopes = security.flatMap(({ token }) => token ?? []);
  if (scopes.length === 0) return "session";
  return scopes.includes("read") ? "token" : "spending";
}

function curlOf(
  base: string,
  method: string,
  path: string,
  { parameters }: RawOperation,
  body: Schema | undefined,
  access: Operation["access"],
): string {
  const query = parameters
    .filter(({ in: place, required }) => place === "query" && required)
    .map(({ name, schema }) => `${name}=${exampleOf(schema, name)}`)
    .join("&");
  const address = `${base}${path}${query ? `?${query}` : ""}`;
  const lines = [
    `curl ${method === "GET" ? "" : `-X ${method} `}'${address}'`,
    ...(access === "token" || access === "spending" ? [`-H 'Authorization: Bearer nbk_…'`] : []),
    ...(parameters.some(({ name }) => name === "Idempotency-Key") ? [`-H "Idempotency-Key: $(uuidgen)"`] : []),
    ...(body ? [`-H 'Content-Type: application/json'`, `-d '${JSON.stringify(exampleOf(body))}'`] : []),
  ];
  return lines.join(" \\\n  ");
}

/** What a schema cannot say: values that ask for something that exists. */
const KNOWN: Record<string, string> = { region: "US", window: "7", regions: "US,GB", email: "wei@example.com" };

/** A value that a schema describes, with the fields that it requires. */
export function exampleOf(schema: Schema, name = ""): unknown {
  if (KNOWN[name] && schema.type === "string") return KNOWN[name];
  if (schema.const !== undefined) return schema.const;
  if (schema.default !== undefined) return schema.default;
  if (schema.enum) return schema.enum[0];
  const [first] = schema.anyOf ?? schema.oneOf ?? [];
  if (first) return exampleOf(first, name);
  switch (Array.isArray(schema.type) ? schema.type[0] : schema.type) {
    case "object":
      return Object.fromEntries(
        (schema.required ?? []).map((field) => [field, exampleOf(schema.properties?.[field] ?? {}, field)]),
      );
    case "array":
      return schema.items ? [exampleOf(schema.items)] : [];
    case "integer":
    case "number":
      return schema.minimum ?? 1;
    case "boolean":
      return true;
    case "null":
      return null;
    default:
      return "…";
  }
}

function typeOf(schema: Schema): string {
  const choices = schema.enum?.filter((one) => typeof one === "string");
  if (choices && choices.length > 0 && choices.length <= 6) return choices.join(" | ");
  const parts = schema.anyOf ?? schema.oneOf;
  if (parts) return [...new Set(parts.map(typeOf))].join(" | ");
  const type = Array.isArray(schema.type) ? schema.type.join(" | ") : (schema.type ?? "any");
  return schema.format ? `${type} (${schema.format})` : type;
}
