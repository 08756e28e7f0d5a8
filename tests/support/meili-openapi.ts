import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";

/** Meilisearch's published description of its API. Not part of the project: see the README of tests/search. */
const FILE = path.join(process.env.SHARED_DATA ?? "../shared/data", "openapi/meilisearch-openapi.json");

/** Whether requests are checked against the published description in this run. */
export const hasOpenApi = existsSync(FILE);

type Schema = Record<string, unknown>;
let checks: { method: string; path: RegExp; validate: ValidateFunction }[] | undefined;

/** @throws Error naming what the published API does not know of this request. The description is open: keys it does not name are refused here. */
export function checkRequest(method: string, pathname: string, body: unknown): void {
  if (!hasOpenApi || body === undefined) return;
  checks ??= load();
  const check = checks.find((one) => one.method === method && one.path.test(pathname));
  if (!check) throw new Error(`The published API has no ${method} ${pathname}`);
  if (!check.validate(body)) throw Object.assign(new Error(`Not as published: ${JSON.stringify(check.validate.errors?.slice(0, 3))}`), { code: "bad_request" });
}

function load() {
  const api = JSON.parse(readFileSync(FILE, "utf8")) as { paths: Record<string, Record<string, any>>; components: { schemas: Record<string, Schema> } };
  // The description wraps this in an object; the server and its own documentation take a plain list of names.
  api.components.schemas.AttributePatterns = { type: "array", items: { type: "string" } };
  for (const schema of Object.values(api.components.schemas)) close(schema);
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  ajv.addSchema({ $id: "api", components: api.components });
  return Object.entries(api.paths).flatMap(([template, verbs]) =>
    Object.entries(verbs).flatMap(([verb, { requestBody }]) => {
      const schema = requestBody?.content?.["application/json"]?.schema;
      if (!schema) return [];
      const pattern = new RegExp(`^${template.replace(/\{[^}]+\}/g, "[^/]+")}$`);
      const validate = ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"api#/components')) as Schema);
      return [{ method: verb.toUpperCase(), path: pattern, validate }];
    }),
  );
}

/** The real server refuses unknown keys where its description lets them pass. Schemas that are made of others stay open. */
function close(schema: Schema): void {
  if (schema.type === "object" && schema.properties && !schema.allOf && schema.additionalProperties === undefined) schema.additionalProperties = false;
}
