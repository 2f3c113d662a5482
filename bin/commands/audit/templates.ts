import type { AuditUnit } from '../../../compliance/audit/findings';
import { readAttestations } from '../../../compliance/audit/attestations';
import { unreadFindings } from '../../../compliance/audit/unread-findings';
import { Evidence } from '../../../compliance/controls/evidence';
import { wholeApp, type AppScope } from '../../../compliance/controls/unit';
import { readTemplates as readFiles, type TemplateFiles } from '../../../compliance/templates/files/read-templates';
import { TemplateSet } from '../../../compliance/templates/template-set';
import { JURISDICTIONS } from '../../../regions/catalog';
import type { Framework } from '../../../regions/config/schema';
import type { AuditOptions } from './options';
import type { SubjectResult } from './subject';

/** What the templates are called together. */
const NAME = 'templates';

/** What a regulated customer is asked by, where nobody says. */
const FRAMEWORKS: readonly Framework[] = ['hipaa', 'finra', 'soc2'];

/** Anybody's templates, held against frameworks as one app. */
export function readTemplates(options: AuditOptions, asOf: string): SubjectResult {
  const { templates, parameters } = options;
  const [region, ...others] = options.regions;
  if (others.length > 0)
    return { problems: [`--region: got ${options.regions.join(', ')}, allowed one, where the templates are deployed`] };
  if (region !== undefined && !isKnownRegion(region))
    return {
      problems: [`--region: got ${region}, allowed a region of the catalogue, change it; voicecell regions lists them`],
    };
  const read = readFiles(templates, {
    ...(region === undefined ? {} : { region }),
    ...(options.account === undefined ? {} : { account: options.account }),
    parameters: Object.fromEntries(parameters),
  });
  if (read.problems.length > 0) return { problems: read.problems };
  const attested = options.attestations === undefined ? NONE : readAttestations(options.attestations);
  if (!attested.ok) return { problems: attested.problems };
  const jurisdiction = options.jurisdiction ?? jurisdictionOf(read, region);
  if (jurisdiction === undefined) return { problems: [NO_JURISDICTION] };
  const frameworks = options.frameworks.length > 0 ? options.frameworks : FRAMEWORKS;
  return {
    subject: {
      mode: 'template',
      units: [unitOf(read, frameworks, { jurisdiction, today: asOf, attestations: attested.attestations })],
      waivers: [],
      isWhole: false,
      files: read.files,
      limits: read.limits,
      also: unreadFindings(NAME, read.unread),
      plans: [],
    },
  };
}

/** Without a file of them nobody has attested anything. */
const NONE = { ok: true, attestations: [] } as const satisfies ReturnType<typeof readAttestations>;

const NO_JURISDICTION =
  `--jurisdiction: got none, and no region that lies in one, allowed ${Object.keys(JURISDICTIONS).join(', ')}, ` +
  'change the command: add --jurisdiction, or --region with the region the templates are deployed to';

const isKnownRegion = (region: string): boolean =>
  Object.values(JURISDICTIONS).some(({ regions }) => regions.includes(region));

/** Of the one jurisdiction that has every region of the stacks; a guess would be a pass for what nobody has asked. */
function jurisdictionOf({ stacks }: TemplateFiles, region: string | undefined): string | undefined {
  const regions = new Set([
    ...stacks.flatMap((stack) => stack.region ?? []),
    ...(region === undefined ? [] : [region]),
  ]);
  if (regions.size === 0) return undefined;
  const fitting = Object.entries(JURISDICTIONS).filter(([, one]) =>
    [...regions].every((name) => one.regions.includes(name)),
  );
  return fitting.length === 1 ? fitting[0]?.[0] : undefined;
}

function unitOf({ stacks, locate }: TemplateFiles, frameworks: readonly Framework[], app: AppScope): AuditUnit {
  const unit = wholeApp(frameworks, app);
  return { name: NAME, unit, evidence: new Evidence(new TemplateSet(stacks), unit.scope), locate };
}
