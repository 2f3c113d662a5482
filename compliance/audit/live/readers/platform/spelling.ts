import { isRecord } from '../../../../templates/template-set';

/** Maps of names that somebody chose. */
const CHOSEN: ReadonlySet<string> = new Set(['dockerLabels', 'options', 'driverOpts', 'labels']);

/** Names that CloudFormation does not merely begin with a capital letter. */
const OTHERWISE: Readonly<Record<string, string>> = {
  efsVolumeConfiguration: 'EFSVolumeConfiguration',
  fileSystemId: 'FilesystemId',
  iam: 'IAM',
};

/** What an API says that begins names small, in the names of CloudFormation. */
export function capitalised(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => capitalised(item));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([name, item]) => [
        OTHERWISE[name] ?? name.charAt(0).toUpperCase() + name.slice(1),
        CHOSEN.has(name) ? item : capitalised(item),
      ]),
  );
}
