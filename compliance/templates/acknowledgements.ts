import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { isRecord } from './template-set';

/** A finding that is not to be told, by `Validations.of(construct).acknowledge`; no template shows it. */
export interface Acknowledgement {
  /** Path of the construct; empty for the app. */
  readonly place: string;
  readonly id: string;
  readonly reason: unknown;
}

/**
 * Every acknowledgement of an app, read from its constructs: the validation report leaves out those without the name of a
 * pack, which hide a finding all the same.
 */
export const acknowledgementsIn = (app: IConstruct): readonly Acknowledgement[] =>
  app.node.findAll().flatMap(({ node }) =>
    node.metadata
      .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
      .flatMap(({ data }) => (isRecord(data) ? Object.entries(data) : []))
      .map(([id, reason]) => ({ place: node.path, id, reason })),
  );

/** Those that bear on what stands below a construct path with a slash at its end: made in it, or above it. */
export const bearingOn = (acknowledgements: readonly Acknowledgement[], below: string): readonly Acknowledgement[] =>
  acknowledgements.filter(
    ({ place }) => place === '' || `${place}/`.startsWith(below) || below.startsWith(`${place}/`),
  );
