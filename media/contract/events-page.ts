import { z } from 'zod';
import { EVENTS, EVENT_VERSION } from './events';

const schemas = Object.values(EVENTS).map((schema) => z.toJSONSchema(schema));

/** `docs/events.md`. */
export const eventsPage = (): string =>
  [
    '# Events of a call',
    '',
    `Version ${EVENT_VERSION}. Made from \`media/contract/events.ts\`; \`node --import tsx packaging/events-page.ts > docs/events.md\` renews it.`,
    '',
    'Every tier writes one JSON object a line to standard output, and CloudWatch Logs keeps the lines of all tiers of a cell. The call id',
    "is made at the first INVITE and is the same in each tier and in the ledger. No field carries a caller's number, audio, transcript,",
    'prompt or key. `us` and `tookUs` are integer microseconds of a clock that never goes back; they are compared within one node and one',
    'call only. Within a version fields and events are added, never renamed, removed or given another meaning.',
    '',
    '## Fields of every event',
    '',
    ...fieldList(['v', 'callId', 'tier', 'at', 'us']),
    '',
    ...schemas.flatMap(eventSection),
  ]
    .join('\n')
    .trimEnd();

type Schema = z.core.JSONSchema.JSONSchema;
const COMMON = new Set(['v', 'callId', 'tier', 'at', 'us', 'event']);

function eventSection(schema: Schema): string[] {
  const name = propertyOf(schema, 'event').const;
  const own = Object.keys(schema.properties ?? {}).filter((field) => !COMMON.has(field));
  return [
    `## \`${String(name)}\``,
    '',
    schema.description ?? '',
    '',
    ...(own.length > 0 ? [...fieldList(own, schema), ''] : []),
  ];
}

const fieldList = (fields: readonly string[], schema: Schema = schemas[0] ?? {}): string[] =>
  fields.map((field) => item(field, propertyOf(schema, field), schema.required?.includes(field) ?? false));

const item = (field: string, property: Schema, required: boolean): string =>
  [
    `- \`${field}\`${required ? '' : ' (may be absent)'}: ${valuesOf(property)}`,
    ...(property.description ? [property.description] : []),
  ].join('; ');

function valuesOf({ enum: values, const: only, type, format, pattern }: Schema): string {
  if (values) return values.map((value) => `\`${String(value)}\``).join(', ');
  if (only !== undefined) return `\`${String(only)}\``;
  if (format === 'date-time') return 'date and time';
  return type === 'string' && pattern ? `text of \`${pattern}\`` : String(type);
}

function propertyOf(schema: Schema, field: string): Schema {
  const property = schema.properties?.[field];
  return typeof property === 'object' ? property : {};
}
