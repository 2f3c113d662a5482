import cdkJson from '../cdk.json';

/**
 * The CDK feature flags that the kit's templates are made and tested with, as `context` of an `App`. An app with flags of
 * its own gets the same resources; details such as generated names of exports and policies may differ.
 */
export const featureFlags: Readonly<Record<string, unknown>> = cdkJson.context;
