import { z } from 'zod';
import { problemBody, problems, type ProblemKind } from './problem.ts';
import type { Screen } from './screen.ts';

const onScreens = [
  'UNKNOWN_PARAMETER',
  'UNAUTHENTICATED',
  'INTERNAL_ERROR',
  'GATEWAY_REFUSED',
  'GATEWAY_UNAVAILABLE',
] as const;

/** The OpenAPI 3.1 description of the screens, made of the schemas that their answers are checked by. */
export function openApi(screens: readonly Screen[]) {
  const { schemas } = z.toJSONSchema(z.globalRegistry, { uri: id => `#/components/schemas/${id}`, io: 'output' });
  return {
    openapi: '3.1.0',
    info: {
      title: 'MealPrep360 screens',
      version: '1.0.0',
      description:
        'What each frontend shows at once. A part that fails is null and named in errors; the rest is there.',
    },
    paths: Object.fromEntries(screens.map(screen => [screen.path, { get: operation(screen) }])),
    components: {
      schemas: Object.fromEntries(Object.entries(schemas).map(([id, schema]) => [id, withoutIds(schema)])),
      securitySchemes: { accessToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
    },
    security: [{ accessToken: [] }],
  };
}

export type OpenApi = ReturnType<typeof openApi>;

const withoutIds = ({ $schema: _schema, $id: _id, ...schema }: Record<string, unknown>) => schema;

interface Answer {
  description: string;
  headers?: Record<string, { schema: object }>;
  content?: Record<string, { schema: { $ref: string } }>;
}

function operation({ summary, name, response }: Screen) {
  const problem = (kind: ProblemKind): Answer => ({
    description: `${kind}: ${problems[kind].title}`,
    content: { 'application/problem+json': { schema: refTo(problemBody) } },
  });
  const tag = { ETag: { schema: { type: 'string' } } };
  const responses: Record<string, Answer> = {
    200: { description: summary, headers: tag, content: { 'application/json': { schema: refTo(response) } } },
    304: { description: 'It is still what the ETag stands for', headers: tag },
    ...Object.fromEntries(onScreens.map(kind => [String(problems[kind].status), problem(kind)])),
  };
  return {
    operationId: name,
    summary,
    parameters: [{ name: 'If-None-Match', in: 'header', required: false, schema: { type: 'string' } }],
    responses,
  };
}

const refTo = (schema: z.ZodType) => ({ $ref: `#/components/schemas/${schema.meta()?.id ?? ''}` });
