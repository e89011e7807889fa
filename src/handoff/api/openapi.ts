/** The description of the operator API, made from its endpoints and their schemas. */
import { z } from 'zod';
import type { Json } from '../../json.ts';
import { errorSchema } from '../schemas/basics.ts';
import type { Endpoint } from './endpoint.ts';

type JsonObject = { [key: string]: Json };

/** OpenAPI 3.1, whose schemas are JSON Schema 2020-12 as zod makes it. */
export function describeApi(endpoints: readonly Endpoint[]): JsonObject {
  const paths: { [path: string]: JsonObject } = {};
  for (const endpoint of endpoints) {
    paths[endpoint.path] = { ...paths[endpoint.path], [endpoint.method]: describeEndpoint(endpoint) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Loket: operator API',
      version: '1',
      description:
        'Times are milliseconds since the epoch. Log in by POST /session; every change carries the header ' +
        'X-CSRF-Token from GET /me. Error codes are stable, messages are Indonesian and for people.',
    },
    servers: [{ url: '/api' }],
    paths,
    components: {
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'loket_session' } },
      schemas: { Error: describeSchema(errorSchema) },
    },
  };
}

function describeEndpoint(endpoint: Endpoint): JsonObject {
  return {
    summary: endpoint.summary,
    security: endpoint.access === 'anyone' ? [] : [{ session: [] }],
    // `anyone`, `signed` (whoever is logged in), or the permission that a role needs (accounts/roles.ts).
    'x-access': endpoint.access,
    parameters: describeParameters(endpoint),
    ...describeBody(endpoint),
    responses: { ...describeSuccess(endpoint), ...describeRefusals(endpoint) },
  };
}

function describeBody({ body, upload }: Endpoint): JsonObject {
  if (body) return { requestBody: { required: true, content: describeJson(body) } };
  if (!upload) return {};
  const content = Object.fromEntries(upload.types.map((type) => [type, {}]));
  return { requestBody: { required: true, content } };
}

function describeParameters(endpoint: Endpoint): Json[] {
  const text = { type: 'string' };
  const parameters: Json[] = [];
  if (endpoint.path.includes('{id}'))
    parameters.push({ name: 'id', in: 'path', required: true, schema: text });
  if (endpoint.method !== 'get' && endpoint.access !== 'anyone') {
    parameters.push({ name: 'X-CSRF-Token', in: 'header', required: true, schema: text });
  }
  if (endpoint.reveals) parameters.push({ name: 'X-Reveal', in: 'header', schema: text });
  for (const name of endpoint.query ?? []) parameters.push({ name, in: 'query', schema: text });
  return parameters;
}

function describeSuccess({ result, streams }: Endpoint): JsonObject {
  if (result) return { 200: { description: 'Done.', content: describeJson(result) } };
  if (!streams) return { 204: { description: 'Done.' } };
  return { 200: { description: 'Done.', content: Object.fromEntries(streams.map((type) => [type, {}])) } };
}

function describeRefusals(endpoint: Endpoint): JsonObject {
  const statuses = new Set<number>(endpoint.refusals);
  if (endpoint.body || endpoint.upload) statuses.add(400).add(413);
  if (endpoint.upload) statuses.add(415);
  if (endpoint.access !== 'anyone') statuses.add(401).add(403);
  const content = { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } };
  return Object.fromEntries(
    [...statuses].sort().map((status) => [status, { description: 'Refused.', content }]),
  );
}

function describeJson(schema: z.ZodType): JsonObject {
  return { 'application/json': { schema: describeSchema(schema) } };
}

function describeSchema(schema: z.ZodType): JsonObject {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input' }) as JsonObject;
  return rest;
}
