/** A path as a reference of a URI, relative to the root of the repository; an absolute one as a URI of the file. */
export function uriOf(file: string): string {
  const uri = file
    .replaceAll('\\', '/')
    .replaceAll(/\p{Cs}/gu, '\uFFFD')
    .split('/')
    .filter((part, at) => part !== '.' && (part !== '' || at === 0))
    .map(encodeURIComponent)
    .join('/');
  return uri.startsWith('/') ? `file://${uri}` : uri;
}

/** Whether it can be found from the root of a repository. */
export const isRelative = (uri: string): boolean => !uri.startsWith('file:') && !uri.startsWith('..');
