import { asList, isRecord } from './templates';

const UNKNOWN = '\u{FFFD}';

/** A string as CloudFormation will render it; what cannot be known stands as U+FFFD, which no host name contains. */
export function renderText(value: unknown, region: string | undefined): string {
  if (typeof value === 'string') return value;
  if (!isRecord(value)) return UNKNOWN;
  if (value['Ref'] === 'AWS::Region') return region ?? UNKNOWN;
  if (value['Ref'] === 'AWS::URLSuffix') return 'amazonaws.com';
  if (value['Ref'] === 'AWS::Partition') return 'aws';
  const [separator, parts] = asList(value['Fn::Join']);
  if (typeof separator === 'string')
    return asList(parts)
      .map((part) => renderText(part, region))
      .join(separator);
  return UNKNOWN;
}

/**
 * Hosts named by a text: those of URLs anywhere in it, or the text itself when it is a bare host with or without port.
 * `s3://` names a bucket, not a host: it is reached through the region's gateway endpoint.
 */
export function hostsIn(text: string): readonly string[] {
  const urls = [...text.matchAll(/\b(?!s3:)[a-z][a-z0-9+.-]*:\/\/(?:[^@/\s"']*@)?(\[[^\]]+\]|[^:/\s"'?#\]},]+)/gi)];
  if (urls.length > 0) return urls.map((match) => (match[1] ?? '').toLowerCase());
  const bare = /^((?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9])?\.)+[a-z]{2,63}|(?:\d{1,3}\.){3}\d{1,3})(?::\d{1,5})?$/i.exec(
    text,
  );
  return bare?.[1] ? [bare[1].toLowerCase()] : [];
}

/** Regions named by the ARNs in a text. */
export const regionsOfArnsIn = (text: string): readonly string[] =>
  [...text.matchAll(/\barn:aws[a-z-]*:[a-z0-9-]+:([a-z0-9-]+):/g)].map((match) => match[1] ?? '');
