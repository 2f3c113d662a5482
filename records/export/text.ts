import { hang } from '../../regions/wrap';
import { sessionOf } from '../officer/identity';
import { counted } from '../report/words';
import type { Exported, ExportedCall, Manifest, Run } from './model';

/** The manifest for people: what was asked, by whom it was brought, every object, and what is not as it should be. */
export function manifestText({ request, runs, endedAt, counts, findings, calls }: Manifest): string {
  const { deployment, regions, selection } = request;
  return [
    ...hang('Production of records of ', `${deployment} in ${regions.join(', ')}`),
    ...hang('asked for  ', said(selection)),
    ...hang(
      'holds      ',
      `${counted(counts.calls, 'call')}, ${counted(counts.objects, 'object')}, ${counts.bytes} bytes`,
    ),
    `ended      ${endedAt}`,
    '',
    'Chain of custody',
    ...runs.flatMap(runLines),
    '',
    findings.length > 0 ? `Findings (${findings.length})` : 'No findings: every object is as the ledger says.',
    ...findings.flatMap((line) => hang('  ', line)),
    '',
    ...calls.flatMap(callLines),
    'Check the files with: sha256sum -c SHA256SUMS',
    '',
  ].join('\n');
}

const said = (selection: Readonly<Record<string, unknown>>): string =>
  Object.entries(selection)
    .filter(([, value]) => !Array.isArray(value) || value.length > 0)
    .map(([name, value]) => `${name} ${Array.isArray(value) ? value.join(', ') : String(value)}`)
    .join(', ');

const runLines = ({ at, tool, custodians }: Run): string[] => [
  `  ${at}  ${tool.name} ${tool.version}`,
  ...custodians.flatMap(({ region, arn, session, takenBy }) => [
    ...hang(`    ${region}  `, `${session} in ${sessionOf(arn)?.role ?? arn}`),
    ...(takenBy === arn ? [] : hang('      taken by ', takenBy)),
  ]),
];

const callLines = ({ region, callId, objects }: ExportedCall): string[] => [
  ...hang('Call ', `${callId}, ${region}`),
  ...(objects.length > 0 ? objects.flatMap(objectLines) : ['  the ledger names no objects']),
  '',
];

function objectLines({ item, file, bucket, key, versionId, found, state, fetched, problems }: Exported): string[] {
  return [
    ...hang('  ', file ?? `${item}: not exported`),
    `    bucket    ${bucket}`,
    `    object    ${key}`,
    `    version   ${versionId}`,
    ...(found ? [`    bytes     ${found.bytes}`, `    SHA-256   ${found.sha256}`] : []),
    ...(state ? hang('    lock      ', `${lockOf(state)}, legal hold ${state.legalHold}`) : []),
    ...(state?.kmsKeyId ? hang('    KMS key   ', state.kmsKeyId) : []),
    ...(fetched ? hang('    fetched   ', `${fetched.at}, request ${fetched.requestId}`) : []),
    ...problems.flatMap((line) => hang('    FINDING   ', line)),
  ];
}

const lockOf = ({ lockMode, retainUntil }: NonNullable<Exported['state']>): string =>
  lockMode ? `${lockMode} until ${retainUntil ?? 'an event'}` : 'none';
