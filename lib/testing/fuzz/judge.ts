import { z } from "zod";
import type { ApiAnswer } from "../api-call";
import type { JsonSchema } from "./from-schema";

export type Parameter = { name: string; in: "path" | "query" | "header"; required: boolean; schema: JsonSchema };
export type Operation = {
  operationId: string;
  parameters: Parameter[];
  requestBody?: { content: { "application/json": { schema: JsonSchema } } };
  responses: Record<string, { content?: Record<string, { schema: JsonSchema & { $ref?: string } }> }>;
};
export type OpenApi = {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: { Problem: JsonSchema } };
};

const made = new WeakMap<object, z.ZodType>();
/** The described schema itself, not the one that the route validates with. */
function schemaOf(schema: JsonSchema): z.ZodType {
  const known = made.get(schema) ?? z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]);
  made.set(schema, known);
  return known;
}

/** @returns what an answer should not have been, by the description of the API; nothing when it is as described. */
export function faultsOf({ responses }: Operation, { Problem }: { Problem: JsonSchema }, answer: ApiAnswer): string[] {
  const { status, headers, body, bytes } = answer;
  if (status >= 500 && body.code !== "unavailable") return [`answered ${status}`];
  const described = responses[status];
  if (!described) return [`answered ${status}, which is not described`];
  const media = (headers.get("content-type") ?? "").split(";")[0] ?? "";
  const content = described.content?.[media];
  // A dry run and what was there already are told in words.
  if (!described.content) return bytes.length > 0 && status === 204 ? ["said something with 204"] : [];
  if (!content) return [`answered as ${media}, which is not described for ${status}`];
  if (!media.endsWith("json") || content.schema.format === "binary") return [];
  const schema = content.schema.$ref ? Problem : content.schema;
  const { error } = schemaOf(schema).safeParse(body);
  return (error?.issues ?? []).map(({ path, message }) => `${status} ${path.join(".")}: ${message}`);
}
