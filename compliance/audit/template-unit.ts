import { JURISDICTIONS } from '../../regions/catalog';
import type { Framework } from '../../regions/config/schema';
import { Evidence } from '../controls/evidence';
import { wholeApp, type AppScope } from '../controls/unit';
import type { TemplateFiles } from '../templates/files/read-templates';
import { TemplateSet } from '../templates/template-set';
import type { AuditUnit } from './findings';

/** What templates that belong to no deployment are called together. */
export const TEMPLATES = 'templates';

/** What a regulated customer is asked by, where nobody says. */
const FRAMEWORKS: readonly Framework[] = ['hipaa', 'finra', 'soc2'];

/** Whether a region lies in a jurisdiction of the catalogue. */
export const isKnownRegion = (region: string): boolean =>
  Object.values(JURISDICTIONS).some(({ regions }) => regions.includes(region));

/** The one jurisdiction that has every region of the stacks, and the one they are said to be deployed to; a guess would be a pass for what nobody has asked. */
export function jurisdictionOf({ stacks }: Pick<TemplateFiles, 'stacks'>, region?: string): string | undefined {
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

/**
 * Anybody's templates, held against frameworks as one app.
 * @param frameworks none: what a regulated customer is asked by
 */
export function templateUnit(
  { stacks, locate }: Pick<TemplateFiles, 'stacks' | 'locate'>,
  frameworks: readonly Framework[],
  app: AppScope,
): AuditUnit {
  const unit = wholeApp(frameworks.length > 0 ? frameworks : FRAMEWORKS, app);
  return { name: TEMPLATES, unit, evidence: new Evidence(new TemplateSet(stacks), unit.scope), locate };
}
