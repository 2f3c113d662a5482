import { UNKNOWN } from '../../../../templates/tokens';

/** A tag as any service gives it. */
export interface ServiceTag {
  readonly Key?: string | undefined;
  readonly key?: string | undefined;
  readonly TagKey?: string | undefined;
  readonly Value?: string | undefined;
  readonly value?: string | undefined;
  readonly TagValue?: string | undefined;
}

interface Tag {
  readonly Key: string;
  readonly Value: string;
}

/** Tags as a template has them, without those that CloudFormation and other services of AWS put there. */
export const tagsOf = (tags: readonly ServiceTag[] = []): { readonly Tags: readonly Tag[] } => ({
  Tags: tags
    .map((tag) => ({
      Key: tag.Key ?? tag.key ?? tag.TagKey ?? '',
      Value: tag.Value ?? tag.value ?? tag.TagValue ?? '',
    }))
    .filter(({ Key }) => !Key.startsWith('aws:')),
});

/** A policy or a pattern, which services give as text, IAM with its special characters escaped. */
export function documentOf(text: string | undefined): unknown {
  if (text === undefined || text === '') return undefined;
  try {
    return JSON.parse(text.startsWith('%7B') ? decodeURIComponent(text) : text);
  } catch {
    // What cannot be read is not met, and no reason to read nothing else.
    return UNKNOWN;
  }
}

/** Some of an object's members, by their names in CloudFormation where these are other names. */
export const picked = <T extends object>(
  from: T | undefined,
  names: readonly (keyof T & string)[],
  renamed: Partial<Readonly<Record<keyof T & string, string>>> = {},
): Record<string, unknown> => ({
  ...Object.fromEntries(names.map((name) => [name, from?.[name]])),
  ...Object.fromEntries(Object.entries(renamed).map(([name, other]) => [other, from?.[name as keyof T]])),
});

/** Without what is undefined or an empty list, at any depth. */
export function tidy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(tidy);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  const entries = Object.entries(value).map(([name, item]) => [name, tidy(item)] as const);
  return Object.fromEntries(
    entries.filter(([, item]) => item !== undefined && !(Array.isArray(item) && item.length === 0)),
  );
}

/** All of a list that comes in pages. */
export async function everyPage<P, T>(
  pages: AsyncIterable<P>,
  of: (page: P) => readonly T[] | undefined,
): Promise<T[]> {
  const all: T[] = [];
  for await (const page of pages) all.push(...(of(page) ?? []));
  return all;
}

/** The same where the SDK has no paginator. */
export const everyToken = <P extends { readonly NextToken?: string | undefined }, T>(
  ask: (token: string | undefined) => Promise<P>,
  of: (page: P) => readonly T[] | undefined,
): Promise<T[]> =>
  everyPage(
    pagesOf(ask, ({ NextToken }) => NextToken),
    of,
  );

export async function* pagesOf<P>(
  ask: (token: string | undefined) => Promise<P>,
  next: (page: P) => string | undefined,
): AsyncGenerator<P> {
  let token: string | undefined;
  do {
    const page = await ask(token);
    yield page;
    token = next(page);
  } while (token);
}
