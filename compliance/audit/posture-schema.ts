import { z } from 'zod';
import { DATA_CLASSES, FRAMEWORKS } from '../../regions/config/schema';
import { POSTURE_VERSION, STATUSES } from './posture';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const day = z.iso.date();

const citation = z.strictObject({
  authority: z.enum([...FRAMEWORKS, 'pci', 'residency', 'consent-law', 'house']),
  text: z.string(),
});

const waiver = { reason: z.string(), owner: z.string(), expires: day.describe('that day included') };

const drifted = z.strictObject({
  property: z.string().describe('path of the property'),
  template: z.unknown(),
  live: z.unknown().optional().describe('absent when the account has none'),
});

const finding = z.strictObject({
  control: z.string(),
  title: z.string().describe('a sentence that is true when the control is met'),
  framework: z.array(citation.shape.authority).describe('who asks it of this unit'),
  status: z.enum(STATUSES),
  severity: z.enum(['fatal', 'error', 'warning']).describe('fatal cannot be waived, a warning fails nothing'),
  unit: z.string(),
  region: z.string().optional(),
  stack: z.string().optional().describe('construct path or file name'),
  resource: z.string().optional().describe('logical id'),
  type: z.string().optional().describe('such as AWS::S3::Bucket'),
  constructPath: z.string().optional(),
  location: z.strictObject({ file: z.string(), line: z.int().min(1) }).optional(),
  message: z.string(),
  remedy: z.string().optional(),
  citations: z.array(citation),
  waiver: z.strictObject(waiver).optional(),
  attestedUntil: day.optional().describe('the last day on which the word counts'),
  drift: z.array(drifted).optional().describe('where the account differs from the template'),
  fingerprint: sha256.describe('of control, unit, stack and resource: the same finding in another run'),
});

const auditControl = z.strictObject({
  id: z.string(),
  title: finding.shape.title,
  citations: finding.shape.citations,
  severity: finding.shape.severity,
  live: z.string().describe('what is looked at'),
});

const catalogue = z.strictObject({
  controls: z.int(),
  auditControls: z.array(auditControl).describe('what only an audit judges; not in the number of controls'),
  checkedOn: z.string(),
});

const store = z.strictObject({
  region: z.string().optional(),
  stack: z.string(),
  resource: z.string(),
  days: z.number().optional().describe('absent where it cannot be known, or where it is kept for ever'),
  isForever: z.literal(true).optional(),
  lockMode: z.string().optional(),
});

const retentionRow = z.strictObject({
  unit: z.string(),
  dataClass: z.enum(DATA_CLASSES),
  floorDays: z.number(),
  ceilingDays: z.number().optional(),
  accessibleDays: z.number(),
  lockMode: z.enum(['GOVERNANCE', 'COMPLIANCE']).optional(),
  clock: z.enum(['creation', 'event']),
  because: z.array(z.string()).describe('who sets the floor'),
  stores: z.array(store),
});

const unit = z.strictObject({
  name: z.string(),
  frameworks: z.array(z.enum(FRAMEWORKS)),
  allowedRegions: z.array(z.string()),
  regions: z.array(z.string()),
});

const inputs = z.strictObject({
  mode: z.enum(['template', 'deployment', 'live']),
  asOf: day.describe('the day by which attestations and waivers are judged'),
  units: z.array(unit),
  files: z.array(z.strictObject({ path: z.string(), sha256 })),
  limits: z.array(z.string()).describe('what could not be read or expanded'),
});

const count = z.int().min(0);

const summary = z.strictObject({
  unmet: count,
  indeterminate: count,
  waived: count,
  attested: count,
  met: count,
  notApplicable: count,
});

const waiverRow = z.strictObject({
  ...waiver,
  rule: z.string(),
  scope: z.array(z.string()),
  daysLeft: z.int(),
  covers: count.describe('findings it covers here'),
});

/** The shape of a posture, for those who read one; a test holds it to the type. */
export const postureSchema = z.strictObject({
  version: z.literal(POSTURE_VERSION),
  tool: z.strictObject({ name: z.literal('voicecell'), version: z.string() }),
  catalogue,
  inputs,
  summary,
  retention: z.array(retentionRow),
  waivers: z.array(waiverRow),
  findings: z.array(finding).describe('worst first, then by control, unit, region, stack and resource'),
  sha256: sha256.describe(
    'of all the rest but $schema, as JSON without spaces and with the keys of each object in order',
  ),
});

/** What a report says it is. A name, not a place: nothing has to be fetched to read one. */
export const POSTURE_SCHEMA_ID = `urn:voicecell:posture:${POSTURE_VERSION}`;

/** Committed as `posture.schema.json`; after a change write `voicecell audit --schema` to it and run prettier. */
export function postureSchemaJson(): object {
  const schema = postureSchema.extend({ $schema: z.literal(POSTURE_SCHEMA_ID).optional() });
  return { $id: POSTURE_SCHEMA_ID, title: 'voicecell posture', ...z.toJSONSchema(schema, { target: 'draft-7' }) };
}
