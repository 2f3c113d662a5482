import { readAttestations } from '../../../compliance/audit/attestations';
import { isKnownRegion, jurisdictionOf, TEMPLATES, templateUnit } from '../../../compliance/audit/template-unit';
import { unreadFindings } from '../../../compliance/audit/unread-findings';
import { readTemplates as readFiles, type TemplateFiles } from '../../../compliance/templates/files/read-templates';
import { JURISDICTIONS } from '../../../regions/catalog';
import type { AuditOptions } from './options';
import type { SubjectResult } from './subject';

/** Anybody's templates, held against frameworks as one app. */
export function readTemplates(options: AuditOptions, asOf: string): SubjectResult {
  const problem = regionProblem(options.regions);
  if (problem !== undefined) return { problems: [problem] };
  const [region] = options.regions;
  const read = filesOf(options, region);
  if (read.problems.length > 0) return { problems: read.problems };
  const attested = options.attestations === undefined ? NONE : readAttestations(options.attestations);
  if (!attested.ok) return { problems: attested.problems };
  const jurisdiction = options.jurisdiction ?? jurisdictionOf(read, region);
  if (jurisdiction === undefined) return { problems: [NO_JURISDICTION] };
  const app = { jurisdiction, today: asOf, attestations: attested.attestations };
  return {
    subject: {
      mode: 'template',
      units: [templateUnit(read, options.frameworks, app)],
      waivers: [],
      isWhole: false,
      files: read.files,
      limits: read.limits,
      also: unreadFindings(TEMPLATES, read.unread),
      plans: [],
    },
  };
}

/** Without a file of them nobody has attested anything. */
const NONE = { ok: true, attestations: [] } as const satisfies ReturnType<typeof readAttestations>;

const NO_JURISDICTION =
  `--jurisdiction: got none, and no region that lies in one, allowed ${Object.keys(JURISDICTIONS).join(', ')}, ` +
  'change the command: add --jurisdiction, or --region with the region the templates are deployed to';

function regionProblem(regions: AuditOptions['regions']): string | undefined {
  const [region, ...others] = regions;
  if (others.length > 0) return `--region: got ${regions.join(', ')}, allowed one, where the templates are deployed`;
  return region === undefined || isKnownRegion(region)
    ? undefined
    : `--region: got ${region}, allowed a region of the catalogue, change it; voicecell regions lists them`;
}

const filesOf = ({ templates, parameters, account }: AuditOptions, region: string | undefined): TemplateFiles =>
  readFiles(templates, {
    ...(region === undefined ? {} : { region }),
    ...(account === undefined ? {} : { account }),
    parameters: Object.fromEntries(parameters),
  });
